package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An alert that the server needs too long for takes no other alert with it. */
class LateBacktestTest {
  private static final Instant FROM = Instant.ofEpochSecond(1_700_000_040);
  private static final String RULES =
      """
      groups:
      - name: g
        rules:
        - {record: 'a:b', expr: slow}
        - {alert: First, expr: 'changes(a:b[1w]) > 1'}
        - {alert: Second, expr: 'resets(a:b[1w]) > 1'}
        - {alert: Third, expr: 'mad_over_time(a:b[1w]) > 1'}
        - {alert: Plain, expr: 'up == 0'}
      """;

  private final AtomicInteger subqueries = new AtomicInteger();

  /** Has nothing, and takes too long where it is asked for a subquery. */
  private List<String> late(String expr) throws PrometheusException {
    if (expr.contains("[7d:")) {
      subqueries.incrementAndGet();
      throw new PrometheusException(Reason.TIMEOUT, "no complete reply within 120000 ms", null);
    }
    return List.of();
  }

  @Test
  void alerts_whose_recordings_take_too_long_are_told_and_soon_not_asked_for() throws Exception {
    List<Replayed> replayed = replay((expr, start, end, step, sink) -> late(expr));
    assertThat(replayed)
        .extracting(r -> r.failed().isPresent())
        .containsExactly(true, true, true, false);
    assertThat(replayed.get(0).failed().orElseThrow())
        .startsWith("the server takes too long: it has none of 1 recordings");
    assertThat(replayed.get(2).failed().orElseThrow()).startsWith("not asked: ");
    assertThat(subqueries.get()).isEqualTo(4);
  }

  @Test
  void a_server_that_is_late_with_anything_else_does_not_answer() {
    RangeSource hangs =
        (expr, start, end, step, sink) -> {
          throw new PrometheusException(Reason.TIMEOUT, "no complete reply", null);
        };
    assertThatThrownBy(() -> replay(hangs)).hasMessage("no complete reply");
  }

  private static List<Replayed> replay(RangeSource source) throws PrometheusException {
    FoundFile file = RuleFileReader.read(new SpecText("r.yml", RULES));
    FoundGroup group = file.groups().get(0);
    return new Backtest(source, FROM, FROM.plus(Duration.ofDays(1)), false)
        .of("s", group, file.rules().toList(), Duration.ofMinutes(1), rule -> true);
  }
}
