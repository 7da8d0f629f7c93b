package dev.tidemark.diagnosis.gctrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GcAdviceTest {
  /** 20 MiB live, 20 MiB allocated each second, 40 ms of CPU each time on two processors. */
  private static GcReport.GoProcess steady(long limitMiB) {
    GcLog log = new GcLog();
    for (int i = 1; i <= 30; i++) {
      log.add(GcLog.line(i, i, 40, 20, 40, 40 - 0.06));
    }
    return log.read(new GcOptions(limitMiB << 20, null)).processes().get(0);
  }

  private static GcReport.Advice advice(GcReport.GoProcess process) {
    return Objects.requireNonNull(process.advice());
  }

  @Test
  void what_a_setting_costs_follows_from_live_heap_and_allocation() {
    GcReport.Cost now = steady(512).costs().get(2);
    assertThat(now.gogc()).isEqualTo(100);
    assertThat(now.peakHeap()).isEqualTo(40L << 20);
    assertThat(now.cyclesPerSecond()).isCloseTo(1.0, within(1e-6));
    assertThat(now.cpuShare()).isCloseTo(0.02, within(1e-6));
    assertThat(steady(512).cpu().share()).isCloseTo(0.02, within(0.001));
  }

  @Test
  void memory_is_not_spent_where_the_collector_is_cheap_already() {
    GcReport.Advice advice = advice(steady(512));
    assertThat(advice.gogc()).isEqualTo(100);
    assertThat(advice.gomemlimit()).isEqualTo(460L << 20);
    assertThat(advice.fits()).isTrue();
  }

  @Test
  void a_tight_limit_gives_the_highest_gogc_that_fits() {
    GcReport.Advice advice = advice(steady(44));
    // (39 MiB - 4) / 1.1 = 31.8 MiB of room: 59 % above the live heap
    assertThat(advice.gomemlimit()).isEqualTo(39L << 20);
    assertThat(advice.gogc()).isEqualTo(59);
    assertThat(advice.cost().peakHeap()).isLessThanOrEqualTo((long) (31.82 * (1 << 20)));
    assertThat(advice.arithmetic()).anyMatch(step -> step.contains("= 59"));
  }

  @Test
  void a_limit_below_what_is_live_is_called_too_small_and_the_right_one_is_named() {
    GcReport.Advice advice = advice(steady(24));
    assertThat(advice.fits()).isFalse();
    assertThat(advice.gogc()).isNull();
    assertThat(advice.gomemlimit()).isNull();
    assertThat(advice.cost().gogc()).isEqualTo(GcAdvice.LEAST_GOGC);
    // 30 MiB at GOGC=50, times 1.1, plus 4, by 0.9
    assertThat(advice.arithmetic())
        .anyMatch(step -> step.contains("give it 41.1 MiB"))
        .contains(
            "41.1 MiB = (goal 30.0 MiB at GOGC=50 x 1.1 for spans and gaps + stacks and globals 0 B + runtime 4.0 MiB) / 90 %");
  }

  @Test
  void without_a_limit_there_are_costs_but_no_advice() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 9; i++) {
      log.add(GcLog.line(i, i, 40, 20, 40, 4));
    }
    GcReport report = log.read();
    assertThat(report.processes().get(0).advice()).isNull();
    assertThat(report.processes().get(0).costs()).hasSize(6);
  }

  @Test
  void one_collection_tells_no_rate_and_so_no_costs() {
    GcReport report =
        new GcLog().add(GcLog.line(1, 1, 40, 20, 40, 4)).read(new GcOptions(1L << 30, null));
    assertThat(report.processes().get(0).costs()).isEqualTo(List.of());
    assertThat(report.processes().get(0).advice()).isNull();
  }

  @Test
  void the_collector_is_left_as_it_is_by_default_where_that_fits_and_is_cheap() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 30; i++) {
      log.add(GcLog.line(i, 10 * i, 40, 20, 40, 1));
    }
    GcReport.Advice advice = advice(log.read(new GcOptions(512L << 20, null)).processes().get(0));
    assertThat(advice.gogc()).isEqualTo(100);
    // and where it does not, the highest that fits is set, as size does
    assertThat(advice(log.read(new GcOptions(44L << 20, null)).processes().get(0)).gogc())
        .isEqualTo(59);
  }

  @Test
  void advice_says_what_it_rests_on() {
    assertThat(advice(steady(512)).arithmetic().get(0))
        .isEqualTo("by 30 collections in 29 s of this log");
  }

  private static GcReport.GoProcess every(double seconds, int count, String end) {
    GcLog log = new GcLog();
    for (int i = 1; i <= count; i++) {
      log.add(GcLog.line(i, i * seconds, 40, 20, 40, 4) + end);
    }
    return log.read(new GcOptions(512L << 20, null)).processes().get(0);
  }

  @Test
  void too_few_collections_or_seconds_give_no_advice_no_costs_and_no_rate() {
    assertThat(every(0.001, 30, "").heap().allocationRate()).isNull();
    for (GcReport.GoProcess process :
        List.of(
            every(0.001, 3, ""),
            every(0.001, 30, ""),
            every(10, 7, ""),
            every(10, 30, " (forced)"))) {
      assertThat(process.advice()).isNull();
      assertThat(process.costs()).isEmpty();
    }
    assertThat(every(10, 9, "").advice()).isNotNull();
  }

  @Test
  void a_live_heap_below_what_lines_tell_gives_no_advice() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 30; i++) {
      log.add(GcLog.line(i, i, 4, 0, 4, 4));
    }
    assertThat(log.read(new GcOptions(512L << 20, null)).processes().get(0).advice()).isNull();
  }
}
