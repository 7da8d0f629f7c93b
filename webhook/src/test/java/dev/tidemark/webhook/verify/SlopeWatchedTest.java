package dev.tidemark.webhook.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.prometheus.QueryResult;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import dev.tidemark.webhook.recheck.PromQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlopeWatchedTest {
  private static final Instant FROM = Instant.parse("2026-01-31T08:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private static Trend trend(double perHour, double level, double scatter) {
    return new Trend(60, perHour / 3600, level, scatter, false);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "flat after a leak                        | 1000 | 0   | 0   | CURED",
        "falling after a leak                     | 1000 | -50 | 1   | CURED",
        "a tenth is left                          | 1000 | 99  | 0   | CURED",
        "as steep as before                       | 1000 | 990 | 5   | RECURS",
        "half as steep as before                  | 1000 | 500 | 5   | RECURS",
        "a small rise within a small scatter      | 1000 | 150 | 30  | CURED",
        "as steep as before, lost in the scatter  | 1000 | 990 | 130 | INCONCLUSIVE",
        "flat, but the old leak would be lost too | 1000 | 0   | 130 | INCONCLUSIVE",
        "it did not grow before                   | 0    | 0   | 0   | INCONCLUSIVE",
      })
  void is_cured_only_where_the_old_leak_would_have_shown(
      String what, double before, double after, double scatter, Proof.Kind kind) {
    Proof proof =
        SlopeProof.of(
            "goroutines",
            trend(before, 20_000, 5),
            trend(after, 300, scatter),
            WINDOW.toMillis() / 1000.0);
    assertThat(proof.kind()).as(what + ": " + proof.text()).isEqualTo(kind);
  }

  @Test
  void says_when_the_level_before_is_reached_again() {
    Proof proof = SlopeProof.of("goroutines", trend(1000, 20_000, 5), trend(500, 4500, 5), 15 * 60);
    assertThat(proof.text()).startsWith("recurs in 31 h: ");
  }

  @ParameterizedTest(name = "data from minute {0} to minute {1}")
  @CsvSource({"0, 15, true", "5, 15, true", "0, 13, true", "0, 5, false", "10, 15, false"})
  void a_target_not_seen_for_the_window_proves_nothing(int first, int last, boolean known)
      throws Exception {
    PromQuery prometheus =
        new PromQuery() {
          @Override
          public QueryResult query(String expr, Instant at) {
            throw new AssertionError("asks for a range");
          }

          @Override
          public List<String> queryRange(
              String expr, Instant start, Instant end, Duration step, SeriesSink sink) {
            sink.begin(Map.of("job", "pay", "instance", "i"));
            for (Instant at = start; !at.isAfter(end); at = at.plus(step)) {
              long minute = Duration.between(start, at).toMinutes();
              if (minute >= first && minute <= last) {
                sink.sample(at.toEpochMilli(), 100);
              }
            }
            sink.end();
            return List.of();
          }
        };
    Signal goroutines = Catalogue.load().find("goroutines").orElseThrow();
    Trend trend =
        new Slopes(prometheus)
            .measureWhole(
                goroutines, Map.of("job", "pay", "instance", "i"), "", FROM, FROM.plus(WINDOW));
    assertThat(trend.isKnown()).isEqualTo(known);
  }
}
