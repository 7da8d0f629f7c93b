package dev.tidemark.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.health.Finding.Verdict;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckupTest {
  private static final double MIB = 1 << 20;

  private static HealthConfig config(String yaml) {
    try {
      return StrictYaml.read("health.yml", yaml, HealthConfig.class);
    } catch (ProblemsException e) {
      throw new IllegalStateException(e);
    }
  }

  static final HealthConfig DEFAULTS = config("{}");

  private static Finding after(
      int looks, Patient patient, TroubleClass trouble, HealthConfig config) {
    Checkup checkup = new Checkup(config);
    for (int i = 0; i < looks; i++) {
      checkup.look(0, patient);
    }
    return checkup.findings(patient).stream()
        .filter(finding -> finding.trouble() == trouble)
        .findFirst()
        .orElseThrow();
  }

  private static Arguments c(
      String what,
      TroubleClass trouble,
      UnaryOperator<Patient> patient,
      Verdict verdict,
      String words) {
    return Arguments.of(what, trouble, patient.apply(new Patient()), verdict, words);
  }

  static List<Arguments> cases() {
    return List.of(
        c(
            "a leak",
            TroubleClass.GOROUTINE_LEAK,
            p -> p.leaking("goroutines", 5e3, 100),
            Verdict.YES,
            "rising"),
        c(
            "a level",
            TroubleClass.GOROUTINE_LEAK,
            p -> p.flat("goroutines", 5e3),
            Verdict.NO,
            "do not grow"),
        c(
            "nothing judged",
            TroubleClass.GOROUTINE_LEAK,
            p -> p,
            Verdict.UNKNOWN,
            "goroutines is not judged"),
        c(
            "counted live heap",
            TroubleClass.HEAP_LEAK,
            p -> p.leaking("heap_live", 1e9, 1e8).with("heap_live_source", 1),
            Verdict.YES,
            "counted by the runtime"),
        c(
            "estimated live heap",
            TroubleClass.HEAP_LEAK,
            p -> p.leaking("heap_live", 1e9, 1e8).with("heap_live_source", 3),
            Verdict.YES,
            "GOGC taken as 100"),
        c(
            "heap in use instead",
            TroubleClass.HEAP_LEAK,
            p -> p.leaking("heap_inuse", 1e9, 1e8),
            Verdict.YES,
            "heap in use"),
        c(
            "memory grows, Go does not",
            TroubleClass.OFF_HEAP_GROWTH,
            p -> p.leaking("working_set", 1e9, 1e8).flat("heap_live", 1e8).flat("goroutines", 9),
            Verdict.YES,
            "while heap and goroutines do not"),
        c(
            "memory and heap grow",
            TroubleClass.OFF_HEAP_GROWTH,
            p -> p.leaking("working_set", 1e9, 1e8).leaking("heap_live", 1e8, 1e8),
            Verdict.NO,
            "so does Go's own"),
        c(
            "memory grows, heap unknown",
            TroubleClass.OFF_HEAP_GROWTH,
            p -> p.leaking("rss", 1e9, 1e8),
            Verdict.UNKNOWN,
            "not judged"),
        c(
            "metadata after a peak",
            TroubleClass.RUNTIME_OVERHEAD,
            p ->
                peaked(p, 200_000)
                    .with("goroutines", 50)
                    .with("runtime_overhead", 400 * MIB)
                    .with("go_held", 600 * MIB),
            Verdict.YES,
            "there were 200,000 goroutines, now 50"),
        c(
            "metadata in use",
            TroubleClass.RUNTIME_OVERHEAD,
            p ->
                peaked(p, 200_000)
                    .with("goroutines", 190_000)
                    .with("runtime_overhead", 400 * MIB)
                    .with("go_held", 600 * MIB),
            Verdict.NO,
            "little"),
        c(
            "little metadata",
            TroubleClass.RUNTIME_OVERHEAD,
            p -> p.with("runtime_overhead", 10 * MIB).with("go_held", 20 * MIB),
            Verdict.NO,
            "little"),
        c(
            "heap not returned",
            TroubleClass.RUNTIME_OVERHEAD,
            p ->
                p.with("heap_idle", 900 * MIB)
                    .with("heap_sys", 1200 * MIB)
                    .with("heap_released", 100 * MIB),
            Verdict.YES,
            "not returned"),
        c(
            "holes",
            TroubleClass.FRAGMENTATION,
            p ->
                p.with("heap_inuse", 900 * MIB)
                    .with("heap_alloc", 200 * MIB)
                    .with("gc_goal", 300 * MIB),
            Verdict.YES,
            "are holes, 66.67 %"),
        c(
            "garbage on its way to the goal",
            TroubleClass.FRAGMENTATION,
            p ->
                p.with("heap_inuse", 900 * MIB)
                    .with("heap_alloc", 200 * MIB)
                    .with("gc_goal", 800 * MIB),
            Verdict.NO,
            "11.11 %"),
        c(
            "died at the start",
            TroubleClass.LIMIT_TOO_LOW_FOR_STARTUP,
            p -> died(p),
            Verdict.YES,
            "killed for memory within 5 min of its start, 1 times"),
        c(
            "start near the limit",
            TroubleClass.LIMIT_TOO_LOW_FOR_STARTUP,
            p ->
                started(p, 950 * MIB)
                    .with("memory_limit", 1000 * MIB)
                    .with("working_set", 300 * MIB),
            Verdict.YES,
            "95 % of the limit"),
        c(
            "always near the limit",
            TroubleClass.LIMIT_TOO_LOW_FOR_STARTUP,
            p ->
                started(p, 950 * MIB)
                    .with("memory_limit", 1000 * MIB)
                    .with("working_set", 940 * MIB),
            Verdict.NO,
            "95 %"),
        c(
            "start not watched",
            TroubleClass.LIMIT_TOO_LOW_FOR_STARTUP,
            p -> p.with("memory_limit", 1e9),
            Verdict.UNKNOWN,
            "peak of the start"),
        c(
            "the collector takes half",
            TroubleClass.GC_THRASH,
            p -> p.with("gc_cpu_fraction", 0.5).with("gc_rate", 3),
            Verdict.YES,
            "takes 50 % of the CPU"),
        c(
            "often near GOMEMLIMIT",
            TroubleClass.GC_THRASH,
            p -> p.with("gc_rate", 40).with("heap_inuse", 900 * MIB).with("gomemlimit", 1000 * MIB),
            Verdict.YES,
            "90 % of GOMEMLIMIT"),
        c(
            "often, cheaply",
            TroubleClass.GC_THRASH,
            p -> p.with("gc_rate", 40).with("gc_cpu_fraction", 0.02),
            Verdict.NO,
            "2 %"),
        c(
            "near GOMEMLIMIT, at rest",
            TroubleClass.GC_THRASH,
            p ->
                p.with("gc_rate", 0.1).with("heap_inuse", 900 * MIB).with("gomemlimit", 1000 * MIB),
            Verdict.NO,
            "0.1 collections"),
        c("no collector told", TroubleClass.GC_THRASH, p -> p, Verdict.UNKNOWN, "gc_rate"),
        c(
            "too many procs, throttled",
            TroubleClass.CPU_MISMATCH,
            p -> p.with("gomaxprocs", 64).with("cpu_limit", 2).with("cpu_throttled_ratio", 0.4),
            Verdict.YES,
            "GOMAXPROCS is 64"),
        c(
            "too many procs, at rest",
            TroubleClass.CPU_MISMATCH,
            p -> p.with("gomaxprocs", 64).with("cpu_limit", 2).with("cpu_throttled_ratio", 0.01),
            Verdict.NO,
            "64"),
        c(
            "one proc of eight, waiting",
            TroubleClass.CPU_MISMATCH,
            p -> p.with("gomaxprocs", 1).with("cpu_limit", 8).with("sched_latency_p99", 0.2),
            Verdict.YES,
            "wait 200 ms"),
        c(
            "too many procs, not told",
            TroubleClass.CPU_MISMATCH,
            p -> p.with("gomaxprocs", 64).with("cpu_limit", 2),
            Verdict.UNKNOWN,
            "throttled"),
        c(
            "half a CPU and one proc fit",
            TroubleClass.CPU_MISMATCH,
            p ->
                p.with("gomaxprocs", 1)
                    .with("cpu_limit", 0.5)
                    .with("sched_latency_p99", 0.2)
                    .with("cpu_throttled_ratio", 0.9),
            Verdict.NO,
            "0.5"),
        c(
            "sidecar takes most",
            TroubleClass.SIDECAR_CONTENTION,
            p -> p.with("sidecar_cpu_share", 0.7).with("cpu_throttled_ratio", 0.5),
            Verdict.YES,
            "70 %"),
        c(
            "sidecar takes most of nothing",
            TroubleClass.SIDECAR_CONTENTION,
            p -> p.with("sidecar_cpu_share", 0.7).with("cpu_throttled_ratio", 0),
            Verdict.NO,
            "does not wait"),
        c(
            "no sidecar",
            TroubleClass.SIDECAR_CONTENTION,
            p -> p,
            Verdict.UNKNOWN,
            "other containers"),
        c(
            "node under pressure",
            TroubleClass.NODE_PRESSURE,
            p -> p.with("node_unwell", 1),
            Verdict.YES,
            "pressure"),
        c(
            "node nearly full",
            TroubleClass.NODE_PRESSURE,
            p -> p.with("node_unwell", 0).with("node_free", 0.02),
            Verdict.YES,
            "2 %"),
        c(
            "node carries much",
            TroubleClass.NODE_PRESSURE,
            p -> p.with("node_carries", 900_000),
            Verdict.YES,
            "carries 900,000"),
        c(
            "kubelet leaks",
            TroubleClass.NODE_PRESSURE,
            p -> p.with("node_kubelet", 5_000),
            Verdict.YES,
            "kubelet has 5,000"),
        c("nothing of the node", TroubleClass.NODE_PRESSURE, p -> p, Verdict.UNKNOWN, "node"));
  }

  private static Patient peaked(Patient patient, double goroutines) {
    patient.memory().goroutines(goroutines);
    return patient;
  }

  private static Patient started(Patient patient, double bytes) {
    patient.memory().starts(bytes);
    return patient;
  }

  private static Patient died(Patient patient) {
    patient.memory().diedInStartup();
    return patient;
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("cases")
  void rules_decide(
      String what, TroubleClass trouble, Patient patient, Verdict verdict, String words) {
    Finding finding = after(3, patient, trouble, DEFAULTS);
    assertThat(finding.reason()).contains(words);
    assertThat(finding.verdict()).as(finding.reason()).isEqualTo(verdict);
  }

  @Test
  void what_is_measured_has_to_last() {
    Patient patient = new Patient().with("gc_cpu_fraction", 0.5);
    assertThat(after(1, patient, TroubleClass.GC_THRASH, DEFAULTS).reason())
        .startsWith("seen 1 times in a row, has to be 2");
    assertThat(after(1, patient, TroubleClass.GC_THRASH, DEFAULTS).isTrue()).isTrue();
    patient.with("gc_cpu_fraction", 0.01);
    assertThat(after(1, patient, TroubleClass.GC_THRASH, DEFAULTS).isTrue()).isFalse();
    patient.with("gc_cpu_fraction", 0.5);
    assertThat(after(1, patient, TroubleClass.GC_THRASH, DEFAULTS).isTrue()).isFalse();
  }

  @Test
  void a_class_that_is_off_is_not_judged() {
    assertThat(new Checkup(config("off: [gc_thrash]")).findings(new Patient()))
        .extracting(Finding::trouble)
        .doesNotContain(TroubleClass.GC_THRASH)
        .hasSize(9);
  }

  @Test
  void off_heap_growth_names_what_grew_since_the_process_was_young() {
    Patient patient =
        new Patient()
            .aged(Duration.ofMinutes(6))
            .flat("heap_live", 100 * MIB)
            .leaking("working_set", 900 * MIB, 1e8)
            .with("go_held", 200 * MIB)
            .with("container_anon", 250 * MIB)
            .with("container_cache", 20 * MIB)
            .with("container_mapped", 5 * MIB);
    after(1, patient, TroubleClass.OFF_HEAP_GROWTH, DEFAULTS);
    patient.with("container_anon", 850 * MIB).with("container_cache", 60 * MIB);
    Finding c = after(1, patient, TroubleClass.OFF_HEAP_GROWTH, DEFAULTS);
    assertThat(c.isTrue()).as(c.reason()).isTrue();
    assertThat(c.reason()).contains("memory outside Go (C, mmap) +600 MiB, page cache +40 MiB");
    patient.with("container_anon", 260 * MIB).with("container_cache", 660 * MIB);
    Finding cache = after(1, patient, TroubleClass.OFF_HEAP_GROWTH, DEFAULTS);
    assertThat(cache.verdict()).as(cache.reason()).isEqualTo(Verdict.NO);
    assertThat(cache.reason()).contains("page cache +640 MiB");
  }

  @Test
  void without_the_containers_account_the_process_own_tells_heap_from_the_rest() {
    Patient patient =
        new Patient()
            .aged(Duration.ofMinutes(6))
            .flat("heap_live", 20 * MIB)
            .leaking("rss", 40 * MIB, 1e7)
            .with("go_held", 30 * MIB);
    after(1, patient, TroubleClass.OFF_HEAP_GROWTH, DEFAULTS);
    patient.leaking("rss", 70 * MIB, 1e7).with("go_held", 58 * MIB);
    Finding heap = after(1, patient, TroubleClass.OFF_HEAP_GROWTH, DEFAULTS);
    assertThat(heap.verdict()).as(heap.reason()).isEqualTo(Verdict.NO);
    assertThat(heap.reason()).contains("Go's own +28 MiB");
    patient.with("go_held", 32 * MIB);
    Finding mapped = after(1, patient, TroubleClass.OFF_HEAP_GROWTH, DEFAULTS);
    assertThat(mapped.isTrue()).as(mapped.reason()).isTrue();
    assertThat(mapped.reason()).contains("memory outside Go (C, mmap) +28 MiB");
  }

  @Test
  void uneven_collections_can_be_left_out_of_account() {
    Patient patient =
        new Patient()
            .with("gc_rate", 2)
            .with("gc_pause_p99", 0.05)
            .with("gc_pause_median", 0.001)
            .with("gc_pause_longest", 0.05)
            .with("heap_inuse", 950)
            .with("gomemlimit", 1000);
    assertThat(after(3, patient, TroubleClass.GC_THRASH, DEFAULTS).reason())
        .contains("pauses of 50 ms, unevenly");
    assertThat(after(3, patient, TroubleClass.GC_THRASH, DEFAULTS).isTrue()).isTrue();
    assertThat(after(3, patient, TroubleClass.GC_THRASH, config("jitter: {on: false}")).isTrue())
        .isFalse();
  }

  @Test
  void near_gomemlimit_slow_pauses_and_an_uneven_rhythm_are_thrashing() {
    Patient patient =
        new Patient().with("gc_pause_p99", 0.05).with("heap_inuse", 950).with("gomemlimit", 1000);
    patient.with("gc_rate", 1);
    Checkup checkup = new Checkup(DEFAULTS);
    long at = 0;
    double total = 0;
    for (int i = 0; i < 20; i++) {
      checkup.collections(at += 300_000, patient.with("gc_cycles", total += 300));
    }
    assertThat(after(3, patient, TroubleClass.GC_THRASH, DEFAULTS).isTrue()).isFalse();
    checkup.collections(at + 300_000, patient.with("gc_cycles", total + 60));
    Finding finding = after(3, patient, TroubleClass.GC_THRASH, DEFAULTS);
    assertThat(finding.isTrue()).as(finding.reason()).isTrue();
    assertThat(finding.reason()).contains("pauses of 50 ms, unevenly");
  }

  @Test
  void near_gomemlimit_four_times_the_usual_rate_is_thrashing_for_as_long_as_it_lasts() {
    Patient patient = new Patient().with("heap_inuse", 950).with("gomemlimit", 1000);
    after(10, patient.with("gc_rate", 1), TroubleClass.GC_THRASH, DEFAULTS);
    assertThat(after(3, patient.with("gc_rate", 3), TroubleClass.GC_THRASH, DEFAULTS).isTrue())
        .isFalse();
    after(10, patient.with("gc_rate", 1), TroubleClass.GC_THRASH, DEFAULTS);
    Finding finding = after(2, patient.with("gc_rate", 5), TroubleClass.GC_THRASH, DEFAULTS);
    assertThat(finding.isTrue()).as(finding.reason()).isTrue();
    assertThat(after(6, patient, TroubleClass.GC_THRASH, DEFAULTS).isTrue()).as("2 h").isTrue();
    patient.with("heap_inuse", 100);
    assertThat(after(2, patient, TroubleClass.GC_THRASH, DEFAULTS).isTrue()).isFalse();
  }

  @Test
  void a_start_that_is_killed_says_how_often_the_collector_ran() {
    Patient patient = died(new Patient()).aged(Duration.ofSeconds(100)).with("gc_cycles", 250);
    Checkup checkup = new Checkup(DEFAULTS);
    checkup.collections(1_000_000, patient);
    patient.aged(Duration.ofMinutes(10)).with("gc_cycles", 251);
    checkup.collections(1_500_000, patient);
    assertThat(after(1, patient, TroubleClass.LIMIT_TOO_LOW_FOR_STARTUP, DEFAULTS).reason())
        .contains("with 2.5 collections a second");
    patient.memory().restarted();
    assertThat(after(1, patient, TroubleClass.LIMIT_TOO_LOW_FOR_STARTUP, DEFAULTS).reason())
        .doesNotContain("collections");
  }

  @Test
  void a_new_process_is_looked_at_afresh() {
    Patient patient = died(started(peaked(new Patient(), 9), 9));
    after(3, patient.with("gc_cpu_fraction", 0.5), TroubleClass.GC_THRASH, DEFAULTS);
    patient.memory().restarted();
    assertThat(patient.memory().mostGoroutines()).isNaN();
    assertThat(patient.memory().startupPeak()).isNaN();
    assertThat(patient.memory().seen(TroubleClass.GC_THRASH)).isZero();
    assertThat(patient.memory().deathsInStartup()).isEqualTo(1);
  }

  @Test
  void scores_rank_what_leaks_below_what_does_not_and_know_nothing_of_age() {
    Patient well = new Patient().flat("goroutines", 100).flat("heap_live", 1e8);
    Patient ill = new Patient().leaking("goroutines", 100, 50).flat("heap_live", 1e8);
    assertThat(HealthScore.of(well).score()).isEqualTo(100);
    assertThat(HealthScore.of(ill).score()).isLessThan(60);
    assertThat(HealthScore.of(well.aged(Duration.ofDays(400))).score()).isEqualTo(100);
    assertThat(HealthScore.of(new Patient()).score()).isNaN();
    assertThat(HealthScore.of(new Patient().with("cpu_throttled_ratio", 0.5)).parts())
        .containsOnlyKeys(HealthScore.Part.CPU);
  }

  @Test
  void two_signals_say_what_neither_says_alone() {
    Patient deep = new Patient().rising("stack_inuse", 1e8, 1e7).rising("goroutines", 1e4, 100);
    assertThat(CrossSignals.about("stack_inuse", deep))
        .containsExactly("stacks grow 10 % an hour, goroutines 1 %: calls go deeper");
    Patient both = new Patient().rising("stack_inuse", 1e8, 1e7).rising("goroutines", 1e4, 1000);
    assertThat(CrossSignals.about("stack_inuse", both)).isEmpty();
    Patient load =
        new Patient().rising("goroutines", 1e4, 1000).rising("goroutines_per_request", 5, 0.5);
    assertThat(CrossSignals.about("goroutines", load))
        .containsExactly("goroutines grow 10 % an hour while requests do not");
    Patient some =
        new Patient().rising("goroutines", 1e4, 1000).rising("goroutines_per_request", 5, 0.35);
    assertThat(CrossSignals.about("goroutines", some))
        .containsExactly("goroutines grow 10 % an hour while requests grow 3 %");
    Patient busier =
        new Patient().rising("goroutines", 1e4, 1000).flat("goroutines_per_request", 5);
    assertThat(CrossSignals.about("goroutines", busier)).isEmpty();
    assertThat(CrossSignals.about("heap_live", load)).isEmpty();
  }
}
