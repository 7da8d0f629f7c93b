package dev.tidemark.toolkit.prometheus;

import dev.tidemark.toolkit.http.ReplyReader;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import dev.tidemark.toolkit.text.Words;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus' remote read, streamed: frames of a length, a CRC-32C and a {@code
 * ChunkedReadResponse} (prompb/remote.proto, storage/remote/chunked.go in Prometheus' source), in
 * which chunks come as they are stored. The server neither decodes nor evaluates anything.
 */
final class RemoteRead implements ReplyReader<Integer, PrometheusException> {
  static final String PATH = "/api/v1/read";
  static final String REQUEST_TYPE = "application/x-protobuf";
  static final String VERSION_HEADER = "X-Prometheus-Remote-Read-Version";
  static final String VERSION = "0.1.0";
  private static final String STREAMED = "application/x-streamed-protobuf";

  /** Servers cut frames at 1 MiB, but for a chunk that is larger. */
  private static final int LONGEST_FRAME = 32 << 20;

  private static final int STREAMED_XOR_CHUNKS = 1;
  private static final int XOR = 1;

  private final Words words = new Words();
  private final RawSink sink;
  private final long first;
  private final long last;
  private @Nullable Map<String, String> series;
  private long newest;
  private int seen;

  /**
   * @param first the earliest time to hand on, epoch milliseconds
   * @param last the latest
   */
  RemoteRead(RawSink sink, long first, long last) {
    this.sink = sink;
    this.first = first;
    this.last = last;
  }

  /** The body that asks for the series of a metric: a ReadRequest, in Snappy's literals. */
  static byte[] request(String metric, List<LabelMatcher> matchers, long first, long last) {
    ByteArrayOutputStream query = new ByteArrayOutputStream();
    number(query, 1, first);
    number(query, 2, last);
    bytes(query, 3, matcher(new LabelMatcher("__name__", LabelMatcher.Operator.EQUAL, metric)));
    matchers.forEach(matcher -> bytes(query, 3, matcher(matcher)));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    bytes(request, 1, query.toByteArray());
    number(request, 2, STREAMED_XOR_CHUNKS);
    return literal(request.toByteArray());
  }

  private static byte[] matcher(LabelMatcher matcher) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, 1, matcher.operator().number());
    bytes(out, 2, matcher.label().getBytes(StandardCharsets.UTF_8));
    bytes(out, 3, matcher.value().getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int field, long value) {
    varint(out, (long) field << 3);
    varint(out, value);
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, ((long) field << 3) | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Snappy's block format without any compression: one literal with a length of four bytes. */
  private static byte[] literal(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, body.length);
    out.write(63 << 2);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write((body.length - 1) >> shift);
    }
    out.writeBytes(body);
    return out.toByteArray();
  }

  /** Hands on all samples; returns how many series there were. */
  @Override
  public Integer read(int status, HttpHeaders headers, InputStream body)
      throws IOException, PrometheusException {
    String type = headers.firstValue("Content-Type").orElse("no content type");
    if (status / 100 != 2 || !type.startsWith(STREAMED)) {
      String what = "the server answered " + status + " (" + ApiAnswer.oneLine(type) + ")";
      Reason reason =
          switch (status) {
            case 400, 404, 405, 501 -> Reason.QUERY; // it has none, or not of this
            default -> status / 100 == 2 ? Reason.NOT_JSON : Reason.STATUS;
          };
      throw new PrometheusException(reason, what + " to remote read", null);
    }
    try {
      DataInputStream in = new DataInputStream(body);
      for (int length = length(in); length >= 0; length = length(in)) {
        frame(in, length);
      }
      end();
      return seen;
    } catch (EOFException e) {
      throw new PrometheusException(Reason.TRUNCATED, "the answer ends in the middle", e);
    }
  }

  /** Of the next frame; -1 where there is none. */
  private static int length(DataInputStream in) throws IOException, PrometheusException {
    long length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = in.read();
      if (next < 0) {
        if (shift == 0) {
          return -1;
        }
        throw new EOFException("a frame's length is cut off");
      }
      length |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        if (length > LONGEST_FRAME) {
          throw broken("a frame of " + length + " bytes");
        }
        return (int) length;
      }
    }
    throw broken("a frame's length has no end");
  }

  /** What stands where a frame should: a server that fails in the middle writes its error there. */
  private static PrometheusException broken(String what) {
    return new PrometheusException(Reason.TRUNCATED, "the answer breaks off: " + what, null);
  }

  private void frame(DataInputStream in, int length) throws IOException, PrometheusException {
    int stored = in.readInt();
    byte[] body = in.readNBytes(length);
    CRC32C crc = new CRC32C();
    crc.update(body);
    if (body.length < length || (int) crc.getValue() != stored) {
      throw broken("the checksum of a frame does not hold");
    }
    Message response = new Message(body, 0, length);
    while (response.next()) {
      if (response.field() == 1) {
        series(response.message());
      }
    }
  }

  private void series(Message part) throws IOException {
    Map<String, String> labels = new LinkedHashMap<>();
    Message chunks = part.again();
    while (part.next()) {
      if (part.field() == 1) {
        label(part.message(), labels);
      }
    }
    if (!labels.equals(series)) { // a long series comes in several parts
      end();
      series = labels;
      newest = Long.MIN_VALUE;
      seen++;
      sink.begin(labels);
    }
    while (chunks.next()) {
      if (chunks.field() == 2) {
        chunk(chunks.message());
      }
    }
  }

  private void label(Message label, Map<String, String> into) throws IOException {
    String name = "";
    String value = "";
    while (label.next()) {
      if (label.field() == 1) {
        name = label.text();
      } else if (label.field() == 2) {
        value = label.text();
      }
    }
    into.put(words.same(name), words.same(value));
  }

  private void chunk(Message chunk) throws IOException {
    long type = 0;
    int from = 0;
    int length = 0;
    while (chunk.next()) {
      if (chunk.field() == 3) {
        type = chunk.number();
      } else if (chunk.field() == 4) {
        from = chunk.from();
        length = chunk.length();
      }
    }
    if (type == XOR) { // native histograms have no one value
      new XorChunk(chunk.bytes, from, length).read(this::take);
    }
  }

  private void take(long millis, double value, boolean stale) {
    if (millis < first || millis > last || millis <= newest) {
      return;
    }
    newest = millis;
    if (stale) {
      sink.stale(millis);
    } else {
      sink.sample(millis, value);
    }
  }

  private void end() {
    if (series != null) {
      sink.end();
      series = null;
    }
  }
}
