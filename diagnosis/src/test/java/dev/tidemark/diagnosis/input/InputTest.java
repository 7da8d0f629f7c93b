package dev.tidemark.diagnosis.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTest {
  private static Input open(byte[] bytes, long most) throws IOException {
    return Input.open(new ByteArrayInputStream(bytes), most);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void reads_the_same_however_it_is_packed() throws Exception {
    byte[] plain = "some text\n".repeat(50_000).getBytes(ISO_8859_1);
    for (byte[] packed : new byte[][] {plain, gzip(plain), gzip(gzip(plain))}) {
      try (Input input = open(packed, 1 << 20)) {
        assertThat(input.head(4)).isEqualTo("some".getBytes(ISO_8859_1));
        assertThat(input.readAllBytes()).isEqualTo(plain);
        assertThat(input.bytes()).isEqualTo(plain.length);
        assertThat(input.wasCut()).isFalse();
      }
    }
  }

  @Test
  void reads_what_powershell_wrote() throws Exception {
    String text = "goroutine 1 [running]:\n\u00fc\u20ac\ud83d\ude00\n".repeat(3000);
    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      byte[] wide = ("\ufeff" + text).getBytes(charset);
      for (byte[] packed : new byte[][] {wide, gzip(wide)}) {
        try (Input input = open(packed, 1 << 20)) {
          assertThat(Seeming.of(input.head(Seeming.HEAD))).isEqualTo(Seeming.GOROUTINES);
          assertThat(new String(input.readAllBytes(), UTF_8)).isEqualTo(text);
        }
      }
    }
    for (int length = 0; length < 40; length++) {
      byte[] wide = Arrays.copyOf("\ufeffab\ud83d\ude00".repeat(5).getBytes(UTF_16LE), length);
      assertThat(open(wide, 1 << 20).readAllBytes()).hasSizeLessThanOrEqualTo(2 * length);
    }
    assertThat(open(new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xd8}, 9).readAllBytes())
        .isEqualTo("\ufffd".getBytes(UTF_8));
  }

  @Test
  void stops_at_its_bound_and_says_whether_there_was_more() throws Exception {
    byte[] bomb = gzip(new byte[64 << 20]);
    try (Input input = open(bomb, 1000)) {
      assertThat(input.readAllBytes()).hasSize(1000);
      assertThat(input.wasCut()).isTrue();
    }
    try (Input input = open(new byte[1000], 1000)) {
      assertThat(input.readAllBytes()).hasSize(1000);
      assertThat(input.wasCut()).isFalse();
    }
  }

  @Test
  void gives_what_a_gzip_file_cut_at_any_byte_holds() throws Exception {
    byte[] whole = gzip("0123456789".repeat(100).getBytes(ISO_8859_1));
    for (int length = 2; length < whole.length; length++) {
      byte[] start = Arrays.copyOf(whole, length);
      if (length < 10) {
        assertThatThrownBy(() -> open(start, 1 << 20))
            .isInstanceOf(BadInputException.class)
            .hasMessage("is a gzip file that is cut or damaged");
      } else {
        try (Input input = open(start, 1 << 20)) {
          input.head(Seeming.HEAD);
          input.readAllBytes();
          assertThat(input.wasCut()).as("cut at %d", length).isTrue();
        }
      }
    }
  }

  @Test
  void a_cut_gzip_file_loses_nothing_that_was_unpacked() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append(Integer.toHexString(i * 0x9e3779b1)).append('\n');
    }
    byte[] plain = text.toString().getBytes(ISO_8859_1);
    byte[] whole = gzip(plain);
    for (int part = 1; part < 20; part++) {
      int length = whole.length * part / 20;
      Inflater inflater = new Inflater(true);
      inflater.setInput(whole, 10, length - 10);
      byte[] all = new byte[plain.length];
      int held = inflater.inflate(all);
      inflater.end();
      try (Input input = open(Arrays.copyOf(whole, length), 1 << 20)) {
        assertThat(input.head(Seeming.HEAD)).hasSize(Math.min(held, Seeming.HEAD));
        String read = new String(input.readAllBytes(), ISO_8859_1);
        assertThat(read).as("%d/20", part).isEqualTo(text.substring(0, held));
        assertThat(input.wasCut()).isTrue();
      }
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''| EMPTY",
        "goroutine 1 [running]:| GOROUTINES",
        "x goroutine 12 gp=0xc0 m=nil [select]:| GOROUTINES",
        "goroutineleak profile: total 3| GOROUTINES",
        "heap profile: 1: 2 [3: 4] @ heap/1048576| HEAP_TEXT",
        "JAVA PROFILE 1.0.2\u0000| HPROF",
        "go 1.22 trace\u0000\u0000| TRACE",
        "gc 1 @0.012s 2%: 0.01+0.3 ms clock| GCTRACE",
        "SCHED 0ms: gomaxprocs=2 idleprocs=1| SCHEDTRACE",
        "<!DOCTYPE html><html>| HTML",
        "{\"a\": 1}| JSON",
        "'# HELP go_goroutines Number of goroutines.'| METRICS",
        "'go_goroutines 12'| METRICS",
        "'process_cpu_seconds_total 1.5'| METRICS",
        "'let us go_on 12'| TEXT",
        "\u007fELF\u0002\u0001| PROGRAM",
        "x\u0001y| BINARY",
        "hello| TEXT",
      })
  void says_what_a_file_seems_to_be(String start, Seeming seeming) {
    assertThat(Seeming.of(start.getBytes(ISO_8859_1))).isEqualTo(seeming);
  }

  @Test
  void knows_a_profile_by_its_first_field() {
    assertThat(Seeming.of(new byte[] {0x0a, 4, 8, 1, 16, 2, 0x0a, 4})).isEqualTo(Seeming.PPROF);
  }

  @Test
  void a_message_goes_on_after_the_file_name() {
    assertThat(BadInputException.at(1024, "claims 10 strings", "at most 3"))
        .hasMessage("at byte 1024 claims 10 strings; needs at most 3");
    assertThat(BadInputException.wrongFile("is empty", "a profile"))
        .hasMessage("is empty; needs a profile");
  }
}
