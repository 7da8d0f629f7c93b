package dev.tidemark.signals.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportTest {
  private final Catalogue catalogue = Catalogue.load();

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "goroutines | go_goroutines | exact | ''",
        "goroutines | go_goroutine_count | exact | ''",
        "heap_live | go_gc_heap_live_bytes go_memstats_next_gc_bytes | exact | ''",
        "heap_live | go_memstats_next_gc_bytes go_gc_gogc_percent | estimated from the goal of the"
            + " next GC and GOGC | go_gc_heap_live_bytes is not exposed:"
            + " collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC))",
        "heap_live | go_memstats_next_gc_bytes | estimated from the goal of the next GC, GOGC taken"
            + " as 100 | go_gc_heap_live_bytes is not exposed:"
            + " collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC))",
        "sched_latency_p99 | go_goroutines | '' | go_sched_latencies_seconds_bucket is not exposed:"
            + " collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsScheduler))",
        "sched_latency_p99 | go_goroutine_count | '' | go_schedule_duration_seconds_bucket is not"
            + " exposed: prometheus.WithProducer(runtime.NewProducer()) of its Prometheus exporter",
        "sched_latency_p99 | '' | '' | go_sched_latencies_seconds_bucket is not exposed:"
            + " collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsScheduler));"
            + " or go_schedule_duration_seconds_bucket is not exposed:"
            + " prometheus.WithProducer(runtime.NewProducer()) of its Prometheus exporter",
        "memory_limit_ratio | container_memory_working_set_bytes | '' |"
            + " kube_pod_container_resource_limits is not exposed: it comes from"
            + " kube-state-metrics; or container_spec_memory_limit_bytes is not exposed: it comes"
            + " from cadvisor",
        "goroutines | '' | '' | go_goroutines is not exposed: it comes from client_golang; or"
            + " go_goroutine_count is not exposed: it comes from opentelemetry",
        "gc_cpu_fraction | go_goroutines process_open_fds | '' |"
            + " go_cpu_classes_gc_total_cpu_seconds_total, go_cpu_classes_total_cpu_seconds_total,"
            + " go_cpu_classes_idle_cpu_seconds_total are not exposed:"
            + " collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.GoRuntimeMetricsRule{Matcher:"
            + " regexp.MustCompile(\"^/cpu/classes/.*\")}))",
        "gc_cpu_fraction | go_goroutine_count go_memory_used_bytes | '' |"
            + " go_cpu_time_seconds_total is not exposed: a producer of go.cpu.time, which the"
            + " convention has as opt-in",
        "gc_pause_p99 | go_goroutines go_gc_duration_seconds | estimated from the longest of the"
            + " last 256 pauses | go_gc_pauses_seconds_bucket is not exposed:"
            + " collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC))",
        "gc_pause_p99 | go_goroutine_count | '' | go_memory_gc_pause_duration_seconds_bucket is not"
            + " exposed: a producer of go.memory.gc.pause.duration, which the convention has as"
            + " opt-in",
        "heap_idle | go_goroutine_count go_memory_used_bytes | '' |"
            + " opentelemetry has no metric for it, client_golang has",
        "heap_idle | process_runtime_go_goroutines | '' |"
            + " opentelemetry has no metric for it, client_golang has",
        "heap_idle | go_goroutines go_goroutine_count go_threads | '' |"
            + " go_memory_classes_heap_free_bytes is not exposed:"
            + " collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsMemory))",
        "gomaxprocs_mismatch | go_processor_limit | '' | kube_pod_container_resource_limits is not"
            + " exposed: it comes from kube-state-metrics",
        "gomaxprocs_mismatch | go_goroutine_count kube_pod_container_resource_limits | '' |"
            + " go_processor_limit is not exposed: it comes from opentelemetry",
      })
  void says_how_a_value_comes_about_and_what_is_missing(
      String id, String exposed, String basis, String hint) {
    Support support =
        Support.of(
            catalogue.find(id).orElseThrow(),
            Set.of(exposed.isEmpty() ? new String[0] : exposed.split(" ")));
    assertThat(support.basis()).isEqualTo(basis);
    assertThat(support.isSupported()).isEqualTo(!basis.isEmpty());
    assertThat(support.hint()).isEqualTo(hint);
  }

  @Test
  void a_users_own_signal_needs_all_it_names_and_nothing_is_held_against_one_that_names_none() {
    assertThat(Support.of(own(List.of()), Set.of()).basis()).isEqualTo("exact");
    Need need = new Need("queue_depth", "us", false, true, "");
    assertThat(Support.of(own(List.of(need)), Set.of("queue_depth")).basis()).isEqualTo("exact");
    assertThat(Support.of(own(List.of(need)), Set.of()).hint())
        .isEqualTo("queue_depth is not exposed: it comes from us");
  }

  private static Signal own(List<Need> needs) {
    return new Signal(
        "own",
        "Own",
        Unit.NONE,
        Kind.GAUGE,
        Side.BOTH,
        Reduce.MEDIAN,
        0,
        "max by ($target) (queue_depth)",
        null,
        needs,
        List.of(),
        true,
        "");
  }
}
