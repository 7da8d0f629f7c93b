package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An alert that the server needs too long for takes no other alert with it. */
class LateBacktestTest {
  private static final long MINUTE = 60_000_000_000L;
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

  @Test
  void an_alert_that_takes_longer_than_it_may_is_told_and_the_others_go_on() throws Exception {
    AtomicLong clock = new AtomicLong();
    Allowance allowance =
        new Allowance(
            (expr, start, end, step, sink) -> {
              clock.addAndGet((expr.startsWith("resets") ? MINUTE * 3 : MINUTE) / 10);
              return List.of();
            },
            Duration.ofMinutes(3),
            clock::get);
    Backtest.Watcher watcher =
        new Backtest.Watcher() {
          @Override
          public void begins(String service, FoundRule alert, int number, int of) {
            allowance.begin();
          }

          @Override
          public void replayed(Replayed alert) {
            allowance.end();
          }
        };
    List<Replayed> replayed =
        replay(new Backtest(allowance, FROM, FROM.plus(Duration.ofDays(7)), false, watcher));
    assertThat(replayed)
        .extracting(r -> r.failed().isPresent())
        .containsExactly(false, true, false, false);
    assertThat(replayed.get(1).failed().orElseThrow())
        .startsWith("given up after 3m: ")
        .contains("--alert-timeout");
  }

  private static List<Replayed> replay(RangeSource source) throws PrometheusException {
    return replay(new Backtest(source, FROM, FROM.plus(Duration.ofDays(1)), false));
  }

  private static List<Replayed> replay(Backtest backtest) throws PrometheusException {
    FoundFile file = RuleFileReader.read(new SpecText("r.yml", RULES));
    FoundGroup group = file.groups().get(0);
    return backtest.of("s", group, file.rules().toList(), Duration.ofMinutes(1), rule -> true);
  }
}
