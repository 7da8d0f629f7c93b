package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromqlTest {
  private static final Grid GRID =
      new Grid(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofDays(7));
  private static final Promql EVERY = new Promql(GRID, List.of(), List.of());
  private static final String T = "cluster, namespace, pod, container, job, instance";

  private static Signal signal(String id) {
    return Catalogue.load().find(id).orElseThrow();
  }

  private static String slots(String metric) {
    return "max by (%2$s) (count_over_time(%1$s[29999ms]) or count_over_time(%1$s[33000ms]) and count_over_time(%1$s[75000ms]) > 1)"
        .formatted(metric, T);
  }

  @Test
  void a_signal_counts_where_its_own_metric_has_a_sample_in_the_slot() {
    assertThat(EVERY.fresh(signal("goroutines")))
        .isEqualTo(
            "("
                + signal("goroutines").expr()
                + ") and on ("
                + T
                + ") ("
                + slots("go_goroutines")
                + " or "
                + slots("go_goroutine_count")
                + " or "
                + slots("process_runtime_go_goroutines")
                + ")");
  }

  @Test
  void what_every_way_of_a_signal_begins_with_makes_it_fresh() {
    assertThat(EVERY.fresh(signal("heap_live")))
        .contains(slots("go_memory_gc_goal_bytes"))
        .contains(slots("process_runtime_go_mem_heap_alloc_bytes"));
    assertThat(EVERY.fresh(signal("memory_pressure")))
        .contains(slots("container_pressure_memory_waiting_seconds_total"))
        .contains(slots("node_pressure_memory_waiting_seconds_total"));
  }

  @Test
  void what_carries_the_labels_of_somebody_else_does_not_tell_when_a_target_is_fresh() {
    assertThat(EVERY.fresh(signal("node_ready"))).doesNotContain("count_over_time");
    assertThat(EVERY.fresh(signal("node_goroutines")))
        .contains(slots("kubelet_node_name"))
        .doesNotContain("count_over_time(go_goroutines")
        .doesNotContain("count_over_time(kube_pod_info");
  }

  @Test
  void a_metric_of_another_exporter_is_asked_for_the_pods_that_are_judged_only() {
    assertThat(EVERY.fresh(signal("working_set")))
        .contains("and on (cluster, namespace, pod) (go_info)")
        .contains("count_over_time(container_memory_working_set_bytes[29999ms])")
        .doesNotContain("count_over_time(kube_pod_container_resource_limits");
    assertThat(EVERY.fresh(signal("goroutines"))).doesNotContain("go_info");
  }

  @Test
  void an_expression_without_job_and_instance_is_joined_without_them() {
    assertThat(EVERY.fresh(signal("memory_limit_ratio")))
        .contains(
            " and on (cluster, namespace, pod, container) (max by (cluster, namespace, pod, container) (");
  }

  @Test
  void a_signal_that_may_come_from_a_metric_on_request_is_fresh_by_either() {
    assertThat(EVERY.fresh(signal("heap_live")))
        .contains("count_over_time(go_memstats_next_gc_bytes[29999ms])")
        .contains("count_over_time(go_gc_heap_live_bytes[29999ms])")
        .doesNotContain("count_over_time(go_memstats_heap_alloc_bytes");
  }

  @Test
  void labels_that_are_kept_join_the_grouping_everywhere() {
    Promql more = new Promql(GRID, List.of(Selector.parse("{job=\"a\"}")), List.of("zone", "job"));
    for (String query :
        List.of(more.fresh(signal("goroutines")), more.targets(), more.processStart())) {
      assertThat(query).contains("by (" + T + ", zone)").doesNotContain("by (" + T + ") ");
    }
  }

  @Test
  void every_matcher_is_enough() {
    Promql two =
        new Promql(
            GRID,
            List.of(Selector.parse("{job=\"a\"}"), Selector.parse("up{job=\"b\"}")),
            List.of());
    assertThat(two.targets())
        .isEqualTo("group by (" + T + ") (go_info{job=\"a\"} or up{job=\"b\"})");
    assertThat(two.targetsThatCame())
        .isEqualTo(
            "group by ("
                + T
                + ") ((go_info{job=\"a\"} or up{job=\"b\"}) unless"
                + " (go_info{job=\"a\"} offset 30000ms or up{job=\"b\"} offset 30000ms))");
  }

  @Test
  void who_exposes_a_metric_is_asked_of_the_judged_targets_and_of_a_histogram_by_one_bucket() {
    assertThat(EVERY.exposing(signal("sched_latency_p99").needs().get(0)))
        .isEqualTo(
            "group by ("
                + T
                + ") (go_sched_latencies_seconds_bucket{le=~\"|[+]Inf\"} and on (cluster, namespace,"
                + " pod) (go_info))");
    assertThat(EVERY.exposing(signal("node_ready").needs().get(0)))
        .isEqualTo("group (kube_node_status_condition{le=~\"|[+]Inf\"})");
  }
}
