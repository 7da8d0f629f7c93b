package dev.tidemark.signals.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.signals.target.TargetKey;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private final Catalogue catalogue = Catalogue.load();

  @Test
  void holds_every_signal_in_the_order_of_the_file() {
    assertThat(catalogue.signals())
        .extracting(Signal::id)
        .containsExactly(
            "goroutines",
            "heap_live",
            "heap_inuse",
            "working_set",
            "rss",
            "memory_limit_ratio",
            "open_fds_ratio",
            "blocked_p99",
            "threads",
            "stack_inuse",
            "stack_per_goroutine",
            "heap_idle",
            "runtime_overhead",
            "gomemlimit_ratio",
            "gc_cpu_fraction",
            "gc_pause_p99",
            "gc_rate",
            "sched_latency_p99",
            "mutex_wait_rate",
            "alloc_rate",
            "goroutines_created_rate",
            "gomaxprocs_mismatch",
            "cpu_throttled_ratio",
            "sidecar_cpu_share",
            "oom_kills",
            "restarts",
            "startup_peak",
            "major_faults",
            "swap",
            "socket_memory",
            "memory_pressure",
            "node_available",
            "node_paging",
            "node_goroutines",
            "kubelet_goroutines",
            "node_ready");
  }

  @Test
  void judges_three_signals_when_nobody_asks() {
    assertThat(catalogue.signals().stream().filter(Signal::byDefault))
        .extracting(Signal::id)
        .containsExactly("goroutines", "heap_live", "working_set");
  }

  @Test
  void puts_the_labels_of_a_target_in_place_of_the_placeholder() {
    for (Signal signal : catalogue.signals()) {
      assertThat(signal.expr()).doesNotContain("$target");
      assertThat(String.valueOf(signal.limit())).doesNotContain("$target");
    }
    assertThat(catalogue.find("goroutines").orElseThrow().expr())
        .startsWith("max by (" + TargetKey.GROUPING + ") (go_goroutines) or ");
  }

  @Test
  void every_metric_that_an_expression_reads_is_among_its_needs() {
    for (Signal signal : catalogue.signals()) {
      String text = (signal.expr() + " " + signal.limit()).replaceAll("\"[^\"]*\"", "\"\"");
      assertThat(signal.needs()).isNotEmpty();
      for (Need need : signal.needs()) {
        assertThat(Pattern.compile("\\b" + need.metric() + "\\b").matcher(text).find())
            .as("%s reads %s", signal.id(), need.metric())
            .isTrue();
      }
      Matcher names =
          Pattern.compile(
                  "\\b(go|process|kube|kubelet|container|node)_[a-zA-Z0-9_]+\\b(?!\\s*(=|!=|,|\\)\\s*\\())")
              .matcher(text.replaceAll("by \\([^)]*\\)", ""));
      while (names.find()) {
        assertThat(signal.needs()).as(signal.id()).extracting(Need::metric).contains(names.group());
      }
    }
  }

  @Test
  void every_signal_says_how_it_comes_about_and_how_to_turn_on_what_is_off() {
    for (Signal signal : catalogue.signals()) {
      assertThat(signal.ways()).as(signal.id()).isNotEmpty();
      for (Way way : signal.ways()) {
        for (String metric : way.of()) {
          assertThat(signal.expr()).as(signal.id()).contains(metric);
        }
      }
      for (Need need : signal.needs()) {
        assertThat(need.turnOn().isEmpty())
            .as("%s: %s", signal.id(), need)
            .isEqualTo(!need.optIn());
      }
      assertThat(signal.needs()).as(signal.id()).extracting(Need::metric).doesNotHaveDuplicates();
    }
  }

  @Test
  void rows_are_grouped_by_the_target_or_by_the_pod_and_never_some_of_each() {
    for (Signal signal : catalogue.signals()) {
      boolean byTarget = signal.expr().contains("by (" + TargetKey.GROUPING);
      boolean byPod =
          signal.needs().stream().noneMatch(n -> !n.clock())
              && signal.expr().matches("(?s).*by \\(cluster, namespace, pod, container\\).*");
      assertThat(byTarget ^ byPod).as(signal.id()).isTrue();
    }
  }

  @Test
  void rates_are_taken_over_the_window_that_is_asked_for() {
    Signal signal = Catalogue.load("20s").find("alloc_rate").orElseThrow();
    assertThat(signal.expr()).contains("go_memstats_alloc_bytes_total[20s]").doesNotContain("$");
    assertThat(catalogue.find("alloc_rate").orElseThrow().expr()).contains("[5m]");
  }

  @Test
  void a_custom_signal_takes_the_place_of_ours_and_keeps_the_order() {
    Signal own = signal("blocked_p99");
    Signal more = signal("queue_depth");
    Catalogue both = catalogue.with(List.of(own, more));
    assertThat(both.find("blocked_p99")).contains(own);
    assertThat(both.signals()).hasSize(37).last().isEqualTo(more);
    assertThat(catalogue.find("queue_depth")).isEmpty();
  }

  @Test
  void an_id_that_stands_twice_is_an_error() {
    assertThatThrownBy(() -> catalogue.with(List.of(signal("a"), signal("a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("id: \"a\" stands twice");
  }

  @Test
  void names_the_nearest_signal_to_a_mistyped_one() {
    assertThat(catalogue.nearest("gorutines")).contains("goroutines");
    assertThat(catalogue.nearest("heap_life")).contains("heap_live");
    assertThat(catalogue.nearest("queue_depth")).isEmpty();
    assertThat(catalogue.nearest("x".repeat(1_000_000))).isEmpty();
  }

  private static Signal signal(String id) {
    return new Signal(
        id,
        "Own",
        Unit.NONE,
        Kind.GAUGE,
        Side.BOTH,
        Reduce.MEDIAN,
        0,
        "max by ($target) (own)",
        null,
        List.of(),
        List.of(),
        true,
        "");
  }
}
