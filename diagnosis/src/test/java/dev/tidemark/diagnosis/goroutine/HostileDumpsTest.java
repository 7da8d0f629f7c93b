package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.diagnosis.ProfileBytes;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.input.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileDumpsTest {
  private static final String ONE =
      Dumps.goroutine(7, "chan send, 61 minutes", "main.(*queue).push", 41);

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''| is empty",
        "Unknown profile| says \"Unknown profile\"",
        "<!DOCTYPE html><html>| is an HTML page",
        "heap profile: 1: 2 [3: 4] @ heap/1048576| is a heap profile in text",
        "hello| is text of another kind; needs",
        "'# TYPE go_goroutines gauge'| is metrics in Prometheus text; needs",
        "x\u0001y| is binary (0x01 at byte 1)",
      })
  void says_what_a_wrong_file_is(String text, String message) {
    assertThatThrownBy(() -> Dumps.read(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void marks_a_dump_that_ends_in_mid_line() throws Exception {
    String text = ONE + ONE.replace("goroutine 7", "goroutine 8");
    int second = text.indexOf("goroutine 8");
    for (int end = second + 13; end < text.length() - "+0x5a\n\n".length(); end++) {
      GoroutineDump dump = Dumps.read(text.substring(0, end));
      boolean whole = // nobody can tell that frames are missing behind a whole one
          text.substring(second, end).matches("(?s).*\\.go:\\d+( \\+0x[0-9a-f]+\n?|\n)");
      assertThat(dump.truncated() || whole).as("cut at %d: %s", end, dump).isTrue();
      assertThat(dump.goroutines()).isBetween(1L, 2L);
    }
  }

  @Test
  void marks_what_the_runtime_cut_at_64_mebibytes() throws Exception {
    byte[] one = ONE.getBytes(StandardCharsets.UTF_8);
    int size = 64 << 20;
    byte[] filler = new byte[size - one.length];
    Arrays.fill(filler, (byte) 'x');
    InputStream in =
        new SequenceInputStream(new ByteArrayInputStream(one), new ByteArrayInputStream(filler));
    assertThat(GoroutineDumps.read(in, Limits.defaults()).truncated()).isTrue();
  }

  @Test
  void reads_what_is_left_of_a_gzip_file() throws Exception {
    byte[] whole =
        Dumps.gzip(Dumps.goroutines(1, 2000, "select", "main.f").getBytes(StandardCharsets.UTF_8));
    GoroutineDump dump = Dumps.read(Arrays.copyOf(whole, whole.length / 2));
    assertThat(dump.truncated()).isTrue();
    assertThat(dump.goroutines()).isBetween(100L, 1999L);
    assertThatThrownBy(() -> Dumps.read(Arrays.copyOf(whole, 5)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("gzip");
    byte[] broken = whole.clone();
    broken[whole.length / 2] ^= 0x55;
    assertThat(Dumps.read(broken).goroutines()).isPositive();
  }

  @Test
  void stops_at_its_limits_and_says_so() throws Exception {
    Limits few = new Limits(1 << 20, 80, 3, 10);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 5; i++) {
      text.append(Dumps.goroutine(i, "select", "main.f", i));
    }
    GoroutineDump dump = read(text.toString(), few);
    assertThat(dump.groups()).hasSize(3);
    assertThat(dump.goroutines()).isEqualTo(5);
    assertThat(dump.truncated()).isTrue();
    Limits small = new Limits(ONE.length() - 60, 1000, 10, 10);
    assertThat(read(ONE, small).truncated()).isTrue();
    assertThat(read(ONE, new Limits(ONE.length(), 1000, 10, 10)).truncated()).isFalse();
  }

  private static GoroutineDump read(String text, Limits limits) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return GoroutineDumps.read(new ByteArrayInputStream(bytes), limits);
  }

  @Test
  void outlives_endless_lines_and_stacks() throws Exception {
    String frame = "main.f(0x1)\n\t/src/f.go:1 +0x1\n";
    String text =
        ONE
            + "x".repeat(10 << 20)
            + "\n\ngoroutine 8 [select]:\n"
            + frame.repeat(100_000)
            + "\ngoroutine 9 [select "
            + "labels:{\"".repeat(100_000)
            + "\n";
    GoroutineDump dump = Dumps.read(text);
    assertThat(dump.goroutines()).isEqualTo(2);
    assertThat(dump.groups()).allMatch(group -> group.stack().size() <= 300);
  }

  @Test
  void counts_that_do_not_add_up_are_a_truncated_profile() throws Exception {
    String text =
        "goroutine profile: total 9\n5 @ 0x1 0x2 0x3 0x5\n#\t0x4\tmain.f+0x1\t\t/src/f.go:1\n\n";
    assertThat(Dumps.read(text).truncated()).isTrue();
    assertThat(Dumps.read(text.replace("total 9", "total 5")).truncated()).isFalse();
  }

  @Test
  void a_profile_without_goroutines_is_fine() throws Exception {
    GoroutineDump dump = Dumps.read("goroutineleak profile: total 0\n");
    assertThat(dump.goroutines()).isZero();
    assertThat(dump.truncated()).isFalse();
    assertThat(GoroutineAnalysis.report("x", dump).worst()).isEqualTo(Verdict.NORMAL);
  }

  @Test
  void never_fails_on_damaged_dumps() throws Exception {
    String stacks =
        "panic: boom\n\n" + ONE + Dumps.goroutine(8, "select labels:{\"a\": \"b\"}", "main.g", 3);
    String counts =
        """
        goroutine profile: total 6
        5 @ 0x10 0x22 0x33 0x45 0x50
        # labels: {"a":"b"}
        #\t0x44\tmain.f+0x1\t\t/src/f.go:1

        1 @ 0x10 0x23 0x46
        #\t0x45\ttime.Sleep+0x3\t/usr/lib/go/src/runtime/time.go:195
        """;
    for (int seed = 0; seed < 6000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = (seed % 2 == 0 ? stacks : counts).getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(12); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] =
            (byte) (random.nextInt(4) == 0 ? '\n' : random.nextInt());
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      try {
        GoroutineDump dump = Dumps.read(cut);
        GoroutineReport report =
            GoroutineAnalysis.report("x", dump, Collections.nCopies(seed % 3, dump));
        assertThat(report.groups())
            .as("seed %d", seed)
            .allMatch(group -> !group.reason().isEmpty());
      } catch (BadInputException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("");
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void half_a_protobuf_is_refused_and_says_what_to_do() {
    ProfileBytes profile = new ProfileBytes().type("goroutine", "count");
    for (int i = 0; i < 400; i++) {
      profile.sample(List.of("runtime.gopark /go/proc.go:" + i, "main.f" + i + " /src/f.go:1"), 1);
    }
    byte[] whole = profile.toBytes();
    byte[] packed = ProfileBytes.gzip(whole);
    assertThatThrownBy(() -> Dumps.read(Arrays.copyOf(packed, packed.length / 2)))
        .hasMessageMatching("at byte \\d+ the gzip data ends early .*: fetch it again");
    assertThatThrownBy(() -> Dumps.read(Arrays.copyOf(whole, whole.length / 2)))
        .hasMessageMatching(
            "at byte \\d+ ends early, .*; needs all of the profile: fetch it again");
  }

  @Test
  void a_dump_that_ends_within_its_first_line_says_so() {
    assertThatThrownBy(() -> Dumps.read("goroutine 149 [run"))
        .hasMessageStartingWith("at byte 18 ends within its first goroutine; needs a whole dump");
  }
}
