package dev.tidemark.diagnosis.gctrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GcRulesTest {
  private static final GcOptions SMALL = new GcOptions(64L << 20, 60L << 20);

  private static List<Finding> findings(GcLog log, GcOptions options) {
    return log.read(options).processes().get(0).findings();
  }

  private static List<String> ids(GcLog log, GcOptions options) {
    return findings(log, options).stream().map(Finding::id).toList();
  }

  private static GcLog every(double interval, int count, long live, long goal, double cpu) {
    GcLog log = new GcLog();
    for (int i = 1; i <= count; i++) {
      log.add(GcLog.line(i, i * interval, goal - 1, live, goal, cpu));
    }
    return log;
  }

  @Test
  void a_calm_process_has_no_finding() {
    assertThat(ids(every(1, 60, 20, 40, 2), new GcOptions(512L << 20, 450L << 20))).isEmpty();
  }

  @Test
  void collecting_every_20_ms_at_start_up_without_growth_is_churn() {
    assertThat(ids(every(0.02, 40, 1, 4, 0.1), GcOptions.none()))
        .containsExactly("gc-startup-churn");
  }

  @Test
  void a_heap_that_fills_at_start_up_may_collect_often() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 20; i++) {
      log.add(GcLog.line(i, i * 0.02, 2L * i * i, (long) i * i, 2L * i * i, 0.1));
    }
    assertThat(ids(log, GcOptions.none())).doesNotContain("gc-startup-churn");
  }

  @Test
  void a_goal_just_above_the_live_heap_at_much_cpu_is_thrash() {
    assertThat(findings(every(0.03, 100, 50, 54, 20), SMALL))
        .anySatisfy(
            finding -> {
              assertThat(finding.id()).isEqualTo("gc-thrash");
              assertThat(finding.verdict()).isEqualTo(Verdict.LEAK);
            });
    assertThat(ids(every(5, 100, 50, 54, 20), GcOptions.none())).doesNotContain("gc-thrash");
  }

  @Test
  void a_goal_above_the_limit_kills_before_the_collector_runs() {
    assertThat(ids(every(1, 20, 40, 80, 2), SMALL)).contains("gc-goal-above-limit");
    assertThat(ids(every(1, 20, 20, 40, 2), SMALL)).doesNotContain("gc-goal-above-limit");
  }

  @Test
  void gomemlimit_needs_room_below_the_limit() {
    GcLog log = every(1, 20, 20, 40, 2);
    assertThat(findings(log, new GcOptions(64L << 20, 65L << 20)))
        .anyMatch(f -> f.id().equals("gomemlimit-above-limit") && f.verdict() == Verdict.LEAK);
    assertThat(findings(log, new GcOptions(64L << 20, 63L << 20)))
        .anyMatch(f -> f.id().equals("gomemlimit-above-limit") && f.verdict() == Verdict.SUSPECT);
    assertThat(ids(log, new GcOptions(64L << 20, 58L << 20))).isEmpty();
  }

  @Test
  void a_long_stop_of_the_world_is_told_with_its_length() {
    GcLog log = every(1, 20, 20, 40, 2);
    log.add(
        GcLog.line(21, 30, 39, 20, 40, 2)
            .replace("0.02+1.0+0.01 ms clock", "25+1.0+0.01 ms clock"));
    assertThat(findings(log, GcOptions.none()))
        .singleElement()
        .satisfies(f -> assertThat(f.reason()).contains("took 25 ms"));
  }

  @Test
  void goroutines_that_pay_for_the_collector_are_told() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 20; i++) {
      log.add(GcLog.line(i, i, 39, 20, 40, 0).replace("0.000/0.000/0", "40/60/0"));
    }
    assertThat(ids(log, GcOptions.none())).containsExactly("gc-assists");
  }

  @Test
  void collections_forced_again_and_again_are_told() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 20; i++) {
      log.add(GcLog.line(i, i, 25, 20, 40, 1) + " (forced)");
    }
    assertThat(ids(log, GcOptions.none())).containsExactly("gc-forced");
  }

  @Test
  void a_live_heap_that_rises_in_each_quarter_is_told_and_one_that_levels_off_is_not() {
    GcLog rising = new GcLog();
    GcLog level = new GcLog();
    for (int i = 1; i <= 40; i++) {
      rising.add(GcLog.line(i, i * 10, 50 + 4L * i, 20 + 4L * i, 60 + 4L * i, 1));
      long live = 20 + 4L * Math.min(i, 10);
      level.add(GcLog.line(i, i * 10, 40 + live, live, 2 * live, 1));
    }
    assertThat(ids(rising, GcOptions.none())).contains("gc-live-growth");
    assertThat(ids(level, GcOptions.none())).doesNotContain("gc-live-growth");
  }

  @Test
  void each_finding_has_its_page() {
    for (String id : GcRules.IDS) {
      assertThat(Path.of("..", "docs", "findings", id + ".md")).as(id).satisfies(Files::exists);
    }
  }

  private static List<Finding> rising(double interval, int count) {
    GcLog log = new GcLog();
    for (int i = 1; i <= count; i++) {
      log.add(GcLog.line(i, i * interval, 50 + 4L * i, 20 + 4L * i, 60 + 4L * i, 0.001));
    }
    return findings(log, GcOptions.none()).stream()
        .filter(f -> f.id().equals("gc-live-growth"))
        .toList();
  }

  @Test
  void growth_is_told_over_ten_seconds_and_eight_collections_at_a_rate_of_that_time() {
    assertThat(rising(0.001, 40)).isEmpty();
    assertThat(rising(10, 7)).isEmpty();
    assertThat(rising(2, 8))
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.reason())
                    .contains("(8 collections in 14 s)")
                    .doesNotContain("it grows by"));
    assertThat(rising(2, 40).get(0).reason()).endsWith(" a minute");
    assertThat(rising(60, 40).get(0).reason()).endsWith(" an hour");
  }
}
