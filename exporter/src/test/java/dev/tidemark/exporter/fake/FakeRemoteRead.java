package dev.tidemark.exporter.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;

/** Answers remote read over a {@link Recording}: each sample a chunk of its own, unencoded. */
public final class FakeRemoteRead implements HttpHandler {
  /** How the server behaves. */
  public enum Mood {
    WELL,
    BREAKS_OFF,
    STATUS_503,
    HTML,
    NOT_THERE
  }

  private final Recording recording;
  private final Map<String, String> external;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicBoolean breaksOff = new AtomicBoolean();
  private volatile Mood mood = Mood.WELL;

  /**
   * @param external labels that series have which lack them
   */
  public FakeRemoteRead(Recording recording, Map<String, String> external) {
    this.recording = recording;
    this.external = external;
  }

  public void is(Mood other) {
    mood = other;
  }

  public Mood mood() {
    return mood;
  }

  /** The next answer breaks off, and no other. */
  public void breaksOffOnce() {
    breaksOff.set(true);
  }

  /** The metrics that were asked for. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String request =
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    int name = request.indexOf("__name__") + 10; // behind its tag and length
    String metric = request.substring(name, name + request.charAt(name - 1));
    if (mood == Mood.NOT_THERE) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    asked.add(metric);
    if (mood == Mood.STATUS_503) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    if (mood == Mood.HTML) {
      exchange.getResponseHeaders().add("Content-Type", "text/html");
      byte[] page = utf8("<html>sign in</html>");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
      exchange.close();
      return;
    }
    byte[] body = body(metric);
    boolean cut = breaksOff.getAndSet(false) || mood == Mood.BREAKS_OFF;
    int length = cut ? body.length / 2 : body.length;
    exchange
        .getResponseHeaders()
        .add(
            "Content-Type",
            "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body, 0, length);
    }
  }

  private byte[] body(String metric) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Recording.Raw raw : recording.all(metric)) {
      body.writeBytes(frame(series(raw)));
    }
    return body.toByteArray();
  }

  private byte[] series(Recording.Raw raw) throws IOException {
    Map<String, String> labels = new TreeMap<>(external);
    labels.putAll(raw.labels());
    List<byte[]> parts = new ArrayList<>();
    labels.forEach(
        (name, value) -> parts.add(field(1, concat(field(1, utf8(name)), field(2, utf8(value))))));
    for (Map.Entry<Long, Double> sample : raw.samples().entrySet()) {
      ByteArrayOutputStream chunk = new ByteArrayOutputStream();
      DataOutputStream data = new DataOutputStream(chunk);
      data.writeShort(1);
      varint(chunk, sample.getKey() << 1);
      data.writeLong(Double.doubleToRawLongBits(sample.getValue()));
      parts.add(field(2, concat(new byte[] {3 << 3, 1}, field(4, chunk.toByteArray()))));
    }
    return field(1, concat(parts.toArray(byte[][]::new)));
  }

  private static byte[] frame(byte[] message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, message.length);
    CRC32C crc = new CRC32C();
    crc.update(message);
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt((int) crc.getValue());
    data.write(message);
    return out.toByteArray();
  }

  private static byte[] field(int number, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((number << 3) | 2);
    varint(out, body.length);
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) ((rest & 0x7f) | 0x80));
    }
    out.write((int) rest);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
