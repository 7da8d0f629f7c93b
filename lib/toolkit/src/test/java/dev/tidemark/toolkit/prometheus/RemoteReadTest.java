package dev.tidemark.toolkit.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import dev.tidemark.toolkit.prometheus.XorBits.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class RemoteReadTest implements RawSink {
  private static final String STREAMED =
      "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse";
  private static final long STALE = 0x7ff0000000000002L;

  private final List<String> told = new ArrayList<>();

  private static long one(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] body) {
    out.write((number << 3) | 2);
    int rest = body.length;
    for (; rest > 127; rest >>>= 7) {
      out.write((rest & 127) | 128);
    }
    out.write(rest);
    out.writeBytes(body);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] frame(Map<String, String> labels, byte[]... chunks) throws IOException {
    ByteArrayOutputStream series = new ByteArrayOutputStream();
    labels.forEach(
        (name, value) -> {
          ByteArrayOutputStream label = new ByteArrayOutputStream();
          field(label, 1, utf8(name));
          field(label, 2, utf8(value));
          field(series, 1, label.toByteArray());
        });
    for (byte[] bytes : chunks) {
      ByteArrayOutputStream chunk = new ByteArrayOutputStream();
      chunk.writeBytes(new byte[] {1 << 3, 5, 2 << 3, 9, 3 << 3, 1}); // from, to, XOR
      field(chunk, 4, bytes);
      field(series, 2, chunk.toByteArray());
    }
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    field(response, 1, series.toByteArray());
    return framed(response.toByteArray());
  }

  private static byte[] framed(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(out);
    int rest = body.length;
    for (; rest > 127; rest >>>= 7) {
      data.write((rest & 127) | 128);
    }
    data.write(rest);
    CRC32C crc = new CRC32C();
    crc.update(body);
    data.writeInt((int) crc.getValue());
    data.write(body);
    return out.toByteArray();
  }

  private int read(int status, String type, byte[]... parts) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    HttpHeaders headers = HttpHeaders.of(Map.of("Content-Type", List.of(type)), (a, b) -> true);
    return new RemoteRead(this, 1_000, 9_000)
        .read(status, headers, new ByteArrayInputStream(body.toByteArray()));
  }

  private static byte[] chunk(long... millis) {
    return XorBits.of(
        Arrays.stream(millis).mapToObj(at -> new Sample(at, one(at / 1000.0))).toList());
  }

  @Test
  void series_come_one_after_another_in_as_many_frames_as_they_need() throws Exception {
    Map<String, String> a = Map.of("__name__", "up", "job", "a");
    Map<String, String> b = Map.of("__name__", "up", "job", "b");
    byte[] stale = XorBits.of(List.of(new Sample(3_000, one(3)), new Sample(4_000, STALE)));
    int series =
        read(
            200,
            STREAMED,
            frame(a, chunk(500, 1_000, 2_000), stale),
            frame(a, chunk(4_000, 5_000)), // the first of them came before
            frame(b, chunk(9_000, 9_001)));
    assertThat(series).isEqualTo(2);
    assertThat(told)
        .containsExactly(
            "begin a",
            "1000 1.0",
            "2000 2.0",
            "3000 3.0",
            "4000 stale",
            "5000 5.0",
            "end",
            "begin b",
            "9000 9.0",
            "end");
  }

  @Test
  void any_samples_come_back_as_they_were_written() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Sample> samples = new ArrayList<>();
      long millis = random.nextInt(1 << 30) - (1L << 29);
      for (int i = random.nextInt(130); i >= 0; i--) {
        millis += 1 + (long) Math.pow(10, random.nextDouble() * (random.nextInt(4) == 0 ? 9 : 3));
        long bits =
            switch (random.nextInt(5)) {
              case 0 -> random.nextLong();
              case 1 -> STALE;
              case 2 -> one(random.nextInt(100));
              default -> samples.isEmpty() ? one(1) : samples.get(samples.size() - 1).bits();
            };
        samples.add(new Sample(millis, bits));
      }
      byte[] bytes = XorBits.of(samples);
      List<String> read = new ArrayList<>();
      new XorChunk(bytes, 0, bytes.length).read((at, v, stale) -> read.add(shown(at, v, stale)));
      List<String> written =
          samples.stream()
              .map(s -> shown(s.millis(), Double.longBitsToDouble(s.bits()), s.bits() == STALE))
              .toList();
      assertThat(read).as("seed %d", seed).isEqualTo(written);
      int cut = random.nextInt(bytes.length);
      assertThatThrownBy(() -> new XorChunk(bytes, 0, cut).read((at, v, stale) -> {}))
          .as("seed %d cut at %d", seed, cut)
          .isInstanceOf(IOException.class);
    }
  }

  private static String shown(long millis, double value, boolean stale) {
    return millis + " " + value + " " + stale;
  }

  @Test
  void an_answer_that_breaks_off_or_was_changed_is_none() throws Exception {
    byte[] whole = frame(Map.of("job", "a"), chunk(1_000, 2_000));
    for (int cut = 1; cut < whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      assertRefused(Reason.TRUNCATED, 200, STREAMED, whole, part);
    }
    byte[] changed = whole.clone();
    changed[whole.length - 1] ^= 1;
    assertRefused(Reason.TRUNCATED, 200, STREAMED, changed);
    assertRefused(Reason.TRUNCATED, 200, STREAMED, whole, utf8("expanding series: disk on fire\n"));
    assertRefused(Reason.TRUNCATED, 200, STREAMED, new byte[] {-1, -1, -1, -1, -1, -1});
  }

  @Test
  void a_server_without_remote_read_says_so() {
    assertRefused(Reason.QUERY, 404, "text/plain", utf8("404 page not found"));
    assertRefused(Reason.NOT_JSON, 200, "text/html", utf8("<html>"));
    assertRefused(Reason.NOT_JSON, 200, "application/x-protobuf", new byte[] {0});
  }

  private void assertRefused(Reason reason, int status, String type, byte[]... parts) {
    assertThatThrownBy(() -> read(status, type, parts))
        .isInstanceOfSatisfying(
            PrometheusException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void a_chunk_of_histograms_is_passed_over() throws Exception {
    byte[] frame = frame(new TreeMap<>(Map.of("job", "a")), new byte[] {0, 1, 2});
    byte[] body = Arrays.copyOfRange(frame, 5, frame.length);
    for (int i = 0; i < body.length - 1; i++) {
      body[i + 1] = body[i] == 3 << 3 ? 2 : body[i + 1];
    }
    assertThat(read(200, STREAMED, framed(body))).isEqualTo(1);
    assertThat(told).containsExactly("begin a", "end");
  }

  @Override
  public void begin(Map<String, String> labels) {
    told.add("begin " + labels.get("job"));
  }

  @Override
  public void sample(long timestampMillis, double value) {
    told.add(timestampMillis + " " + value);
  }

  @Override
  public void stale(long timestampMillis) {
    told.add(timestampMillis + " stale");
  }

  @Override
  public void end() {
    told.add("end");
  }
}
