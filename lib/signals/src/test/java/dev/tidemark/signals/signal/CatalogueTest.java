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
  void holds_the_first_eight_signals_in_the_order_of_the_file() {
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
            "blocked_p99");
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
        .isEqualTo("max by (" + TargetKey.GROUPING + ") (go_goroutines)");
  }

  @Test
  void every_metric_that_an_expression_reads_is_among_its_needs() {
    for (Signal signal : catalogue.signals()) {
      String text = signal.expr() + " " + signal.limit();
      assertThat(signal.needs()).isNotEmpty();
      assertThat(signal.needs())
          .as(signal.id())
          .allSatisfy(need -> assertThat(text).contains(need.metric()));
      Matcher names = Pattern.compile("\\b(go|process|kube|container)_[a-z_]+").matcher(text);
      while (names.find()) {
        assertThat(signal.needs()).extracting(Need::metric).contains(names.group());
      }
    }
  }

  @Test
  void a_custom_signal_takes_the_place_of_ours_and_keeps_the_order() {
    Signal own = signal("blocked_p99");
    Signal more = signal("queue_depth");
    Catalogue both = catalogue.with(List.of(own, more));
    assertThat(both.find("blocked_p99")).contains(own);
    assertThat(both.signals()).hasSize(9).last().isEqualTo(more);
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
        true,
        "");
  }
}
