package dev.tidemark.exporter.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenMetricsReplayTest {
  private static final String HEADER =
      "timestamp,__name__,job,value,expected,upper,lower,score,growth,leak_state,reason\n";

  /** A leak that a restart ends; the restart is told behind it, as the format orders metrics. */
  private static String exposition() {
    StringBuilder text = new StringBuilder("# TYPE go_goroutines gauge\n");
    for (int i = 0; i < 1200; i++) {
      int wobble = (i * 7919) % 13;
      int leak = i < 400 || i >= 900 ? 0 : (i - 400) * 9; // steeper than a first morning
      text.append("go_goroutines{job=\"api\"} %d %d\n".formatted(500 + wobble + leak, at(i)));
    }
    text.append("# TYPE process_start_time_seconds gauge\n");
    for (int i = 0; i < 1200; i += 100) {
      text.append(
          "process_start_time_seconds{job=\"api\"} %d %d\n"
              .formatted(i < 900 ? 1_699_900_000 : at(900) - 20, at(i)));
    }
    return text.append("# EOF\n").toString();
  }

  private static long at(int i) {
    return 1_700_000_000L + i * 60L;
  }

  @Test
  void judges_each_series_and_knows_of_restarts_that_are_told_later() {
    Replayed replayed = Replayed.openMetrics(exposition(), Replay.Format.CSV);
    assertThat(replayed.err()).contains("interval: 60s").doesNotContain("EOF");
    List<String> rows = replayed.rows();
    assertThat(replayed.out()).startsWith(HEADER);
    assertThat(rows).hasSize(1212);
    assertThat(rows.get(899)).contains(",2,\"rising");
    assertThat(rows.get(900)).contains(",0,");
    assertThat(rows.get(1200)).contains("tells when the process started");
  }

  @Test
  void warns_where_the_end_is_missing() {
    Replayed replayed = Replayed.openMetrics("a 1 1\na 1 2\n", Replay.Format.CSV);
    assertThat(replayed.err()).contains("does not end with # EOF");
    assertThat(replayed.rows()).hasSize(2);
  }

  @Test
  void an_empty_exposition_gives_a_header() {
    assertThat(Replayed.openMetrics("# EOF\n", Replay.Format.CSV).out())
        .isEqualTo(
            "timestamp,__name__,value,expected,upper,lower,score,growth,leak_state,reason\n");
    assertThat(Replayed.openMetrics("", Replay.Format.JSON).out()).isEmpty();
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        arguments(
            "an exemplar", "a_bucket{le=\"1\"} 5 10 # {trace=\"x\"} 0.5 9", "10,a_bucket,,1,5,"),
        arguments("an exemplar, no time", "a 5 # {t=\"x\"} 0.5", ",a,,,5,,,,,,,no timestamp"),
        arguments("no time", "a{job=\"j\"} 5", ",a,j,,5,,,,,,,no timestamp"),
        arguments(
            "no value", "a{job=\"j\"}", ",,,,,,,,,,,not a sample: no value behind the series"),
        arguments("blanks and TABs", "a { job = \"j\" , }\t5   10 ", "10,a,j,,5,"),
        arguments("escapes", "a{job=\"x\\\"\\\\\\n\"} 5 10", "10,a,\"x\"\"\\\n\",,5,"),
        arguments("a brace in a value", "a{job=\"}{\"} 5 10", "10,a,}{,,5,"),
        arguments("a UTF-8 name", "{\"a.b\",job=\"j\"} 5 10", "10,a.b,j,,5,"),
        arguments("NaN", "a 5e400 10", "10,a,,,5e400,,,,,,,value '5e400' is not a finite number"),
        arguments("a fraction of a second", "a 5 10.125", "10.125,a,,,5,"),
        arguments("too much", "a 5 10 11", "10,a,,,5,,,,,,,not a sample: more than"),
        arguments("open braces", "a{job=\"j\" 5 10", ",,,,,,,,,,,not a sample: no value"),
        arguments(
            "a label twice", "a{job=\"j\",job=\"k\"} 5 10", "10,,,,5,,,,,,,not a sample: label"),
        arguments("no name", "{job=\"j\"} 5 10", "10,,,,5,,,,,,,not a sample: no metric name"),
        arguments("no quotes", "a{job=j} 5 10", "10,,,,5,,,,,,,not a sample: a label value"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void reads_a_line_or_says_what_is_wrong_with_it(String description, String line, String printed) {
    String text = line + "\nz{job=\"z\",le=\"z\"} 1 5\n# EOF\n";
    assertThat(Replayed.openMetrics(text, Replay.Format.CSV).out())
        .as(description)
        .contains("__name__,job,le,value,")
        .contains("\n" + printed);
  }

  @Test
  void what_follows_the_end_is_rejected_and_told() {
    Replayed replayed =
        Replayed.openMetrics(
            "a 1 1\n# EOF\n# TYPE a gauge\na 1 2\nprocess_start_time_seconds 1 2\n# EOF\n",
            Replay.Format.CSV);
    assertThat(replayed.reasons()).element(1).isEqualTo("behind # EOF, which ends the text");
    assertThat(replayed.err())
        .contains("standard input goes on behind the # EOF in line 2: 2 rows there are rejected")
        .contains("1 rows of 1 series judged, 2 rejected");
  }

  @Test
  void process_starts_are_not_counted_as_rejected() {
    assertThat(Replayed.openMetrics(exposition(), Replay.Format.CSV).err())
        .doesNotContain("rejected");
    assertThat(Replayed.openMetrics("a x 1\n" + exposition(), Replay.Format.CSV).err())
        .contains(
            "1,200 rows of 2 series judged, 1 rejected (see their reason), 12 read as process starts");
  }
}
