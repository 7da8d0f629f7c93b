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
        "heap_live | go_memstats_next_gc_bytes | estimated from the goal of the next GC, GOGC taken as"
            + " 100 | go_gc_heap_live_bytes is not exposed:"
            + " collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC))",
        "sched_latency_p99 | go_goroutines | '' | go_sched_latencies_seconds_bucket is not exposed:"
            + " collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsScheduler));"
            + " or go_schedule_duration_seconds_bucket is not exposed:"
            + " prometheus.WithProducer(runtime.NewProducer()) of its Prometheus exporter",
        "memory_limit_ratio | container_memory_working_set_bytes | '' |"
            + " kube_pod_container_resource_limits is not exposed: it comes from kube-state-metrics;"
            + " or container_spec_memory_limit_bytes is not exposed: it comes from cadvisor",
        "goroutines | '' | '' | go_goroutines is not exposed: it comes from client_golang; or"
            + " go_goroutine_count is not exposed: it comes from opentelemetry; or"
            + " process_runtime_go_goroutines is not exposed: it comes from opentelemetry before 2025",
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
