package dev.tidemark.signals.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MetricNamesTest {
  private final Catalogue catalogue = Catalogue.load();

  @Test
  void the_unit_is_the_last_word() {
    Signal goroutines = catalogue.find("goroutines").orElseThrow();
    Signal heap = catalogue.find("heap_live").orElseThrow();
    assertThat(MetricNames.expected(goroutines)).isEqualTo("tidemark_goroutines_expected");
    assertThat(MetricNames.growth(goroutines)).isEqualTo("tidemark_goroutines_growth_per_second");
    assertThat(MetricNames.upper(heap)).isEqualTo("tidemark_heap_live_upper_bytes");
    assertThat(MetricNames.lower(heap)).isEqualTo("tidemark_heap_live_lower_bytes");
    assertThat(MetricNames.baseline(heap)).isEqualTo("tidemark_heap_live_baseline_bytes");
    assertThat(MetricNames.forecast(heap)).isEqualTo("tidemark_heap_live_forecast_bytes");
    assertThat(MetricNames.growth(heap)).isEqualTo("tidemark_heap_live_growth_bytes_per_second");
  }

  @Test
  void no_name_stands_for_two_things() throws IllegalAccessException {
    List<String> names = new ArrayList<>();
    for (Class<?> holder : List.of(MetricNames.class, SelfMetrics.class)) {
      for (Field field : holder.getFields()) {
        if (field.getType() == String.class && !field.getName().startsWith("LABEL_")) {
          names.add((String) field.get(null));
        }
      }
    }
    for (Signal signal : catalogue.signals()) {
      names.add(MetricNames.expected(signal));
      names.add(MetricNames.upper(signal));
      names.add(MetricNames.lower(signal));
      names.add(MetricNames.baseline(signal));
      names.add(MetricNames.growth(signal));
      names.add(MetricNames.forecast(signal));
    }
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(60);
    assertThat(names).allMatch(name -> name.matches("tidemark_[a-z0-9_]+[a-z0-9]"));
  }

  @Test
  void what_rules_select_is_what_the_catalogue_needs_or_stands_in_the_list_of_others()
      throws Exception {
    Set<String> known = new TreeSet<>();
    catalogue.signals().forEach(s -> s.needs().forEach(need -> known.add(need.metric())));
    List<String> others = others();
    assertThat(others).doesNotHaveDuplicates().doesNotContainAnyElementsOf(known);
    known.addAll(others);
    List<String> selected = new ArrayList<>();
    for (Field field : SourceMetrics.class.getFields()) {
      selected.add((String) field.get(null));
    }
    assertThat(selected).doesNotHaveDuplicates().isSubsetOf(known).containsAll(others);
  }

  /** Metrics that no signal needs, each below the source that says that it exists. */
  private static List<String> others() throws IOException {
    try (InputStream in = MetricNamesTest.class.getResourceAsStream("others.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void the_steps_that_act_and_those_that_save_evidence_are_steps() {
    assertThat(SelfMetrics.STEP_KINDS)
        .containsAll(SelfMetrics.ACTING_STEP_KINDS)
        .containsAll(SelfMetrics.EVIDENCE_STEP_KINDS);
  }
}
