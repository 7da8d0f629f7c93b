package dev.tidemark.diagnosis.size;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.gomemory.GoMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SizingTest {
  private static final long MIB = 1 << 20;

  private static GoMemory sample(long goroutines, double liveMiB, double stackMiB) {
    Map<String, Double> values = new HashMap<>();
    values.put("go_goroutines", (double) goroutines);
    values.put("go_gc_heap_live_bytes", liveMiB * MIB);
    values.put("go_memstats_stack_inuse_bytes", stackMiB * MIB);
    values.put("go_memstats_gc_sys_bytes", 4.0 * MIB);
    values.put("go_sched_gomaxprocs_threads", 16.0);
    return new GoMemory(values);
  }

  private static SizeReport size(long limitMiB, GoMemory... samples) {
    return Sizing.size("pay", List.of(samples), new SizeOptions(limitMiB * MIB, 1.5));
  }

  @Test
  void two_samples_tell_what_each_further_goroutine_costs() {
    SizeReport report = size(512, sample(1000, 20, 6), sample(11_000, 30, 46));
    assertThat(requireNonNull(report.perGoroutine()).measured())
        .isEqualTo(SizeReport.Measured.SLOPE);
    assertThat(requireNonNull(report.perGoroutine()).stack())
        .isCloseTo(40.0 * MIB / 10_000, within(1e-6));
    assertThat(requireNonNull(report.perGoroutine()).heap())
        .isCloseTo(10.0 * MIB / 10_000, within(1e-6));
  }

  @Test
  void what_fits_fills_the_limit_by_the_same_arithmetic_and_no_more() {
    SizeReport report = size(512, sample(1000, 20, 6), sample(11_000, 30, 46));
    for (SizeReport.Fit fit : report.goroutinesThatFit()) {
      double n = fit.goroutines();
      double stacks = 2 * MIB + n * 40 * MIB / 10_000; // 2 MiB are no goroutine's
      double live = 19 * MIB + n * MIB / 1000;
      double heap = live + (live + stacks) * fit.gogc() / 100;
      assertThat(4.0 * MIB + stacks + 1.1 * heap)
          .as("GOGC=%d", fit.gogc())
          .isCloseTo((double) requireNonNull(report.gomemlimit()), within(0.05 * MIB));
    }
    assertThat(report.gomemlimit()).isEqualTo(460 * MIB);
    assertThat(report.gogc()).isEqualTo(100);
    assertThat(report.gomaxprocs()).isEqualTo(2);
  }

  @Test
  void one_sample_of_few_goroutines_is_called_rough() {
    SizeReport report = size(512, sample(40, 20, 1));
    assertThat(requireNonNull(report.perGoroutine()).measured())
        .isEqualTo(SizeReport.Measured.MEAN);
    assertThat(report.findings()).extracting(Finding::id).contains("size-rough-cost");
  }

  @Test
  void a_limit_below_what_is_there_has_no_room_and_0_goroutines_fit() {
    SizeReport report = size(32, sample(5000, 40, 20));
    assertThat(report.fits()).isFalse();
    assertThat(report.gogc()).isNull();
    assertThat(report.gomemlimit()).isNull();
    assertThat(report.goroutinesThatFit()).allMatch(fit -> fit.goroutines() == 0);
    assertThat(report.findings()).extracting(Finding::id).contains("size-no-room");
  }

  @Test
  void memory_outside_go_is_kept_free_as_measured() {
    GoMemory with =
        new GoMemory(
            Map.of(
                "process_resident_memory_bytes",
                300.0 * MIB,
                "go_memstats_sys_bytes",
                100.0 * MIB));
    SizeReport report = size(512, sample(1000, 20, 6).with(with));
    assertThat(report.outside()).isEqualTo(200 * MIB);
    assertThat(report.gomemlimit()).isLessThan((512 - 200) * MIB);
  }

  @Test
  void more_threads_than_the_cpu_limit_has_room_for_are_told() {
    assertThat(size(512, sample(1000, 20, 6)).findings())
        .extracting(Finding::id)
        .contains("size-gomaxprocs");
  }

  @Test
  void what_a_sample_lacks_is_named() {
    assertThat(Sizing.missing(GoMemory.unknown())).hasSize(2);
    assertThat(Sizing.missing(sample(1, 1, 1))).isEmpty();
  }

  @Test
  void without_a_number_of_goroutines_all_but_how_many_fit_is_told() {
    Map<String, Double> values = new HashMap<>();
    values.put("go_gc_heap_live_bytes", 20.0 * MIB);
    values.put("go_memstats_stack_inuse_bytes", 6.0 * MIB);
    SizeReport report = size(512, new GoMemory(values), new GoMemory(values));
    assertThat(report.goroutines()).isNull();
    assertThat(report.perGoroutine()).isNull();
    assertThat(report.goroutinesThatFit()).isEmpty();
    assertThat(report.gomemlimit()).isEqualTo(460 * MIB);
    assertThat(report.arithmetic()).anyMatch(step -> step.contains("append a line go_goroutines"));
    SizeReport second = size(512, new GoMemory(values), sample(1000, 20, 6));
    assertThat(requireNonNull(second.perGoroutine()).measured())
        .isEqualTo(SizeReport.Measured.MEAN);
  }

  @Test
  void each_finding_has_its_page() {
    for (String id : Sizing.IDS) {
      assertThat(Path.of("..", "docs", "findings", id + ".md")).as(id).satisfies(Files::exists);
    }
  }
}
