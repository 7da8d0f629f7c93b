package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.source.NamesReader.Exposing;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final long HOUR = 3_600_000;
  private static final TargetKey API =
      TargetKey.of(Map.of("job", "api", "instance", "h:1")).orElseThrow();
  private static final String NAME = "instance=\"h:1\",job=\"api\"";

  private final List<String> asked = new ArrayList<>();
  private boolean failing;
  private final Inventory inventory =
      new Inventory(
          (need, slot) -> {
            asked.add(need.metric());
            if (failing) {
              throw new PrometheusException(Reason.TIMEOUT, "no answer", null);
            }
            boolean isThere =
                List.of("go_goroutines", "kube_node_status_condition").contains(need.metric());
            return new Exposing(isThere, isThere && need.clock() ? List.of(API) : List.of());
          },
          signals());

  private static List<Signal> signals() {
    Catalogue catalogue = Catalogue.load();
    return Stream.of("goroutines", "stack_inuse", "node_ready")
        .map(id -> catalogue.find(id).orElseThrow())
        .toList();
  }

  private void run(long from, int slots) {
    for (int i = 0; i < slots; i++) {
      inventory.runDue(from + i * 30_000L);
    }
  }

  @Test
  void asks_a_few_names_a_slot_each_once_and_again_after_an_hour() {
    run(0, 1);
    assertThat(asked).hasSize(4);
    assertThat(inventory.exposed(NAME)).isEmpty();
    run(30_000, 100);
    assertThat(asked).hasSize(9).doesNotHaveDuplicates();
    run(2 * HOUR, 10);
    assertThat(asked).hasSize(18);
  }

  @Test
  void knows_what_a_target_exposes_and_what_is_of_no_target() {
    run(0, 3);
    assertThat(inventory.exposed(NAME).orElseThrow())
        .containsExactlyInAnyOrder("go_goroutines", "kube_node_status_condition");
    assertThat(inventory.exposed("job=\"other\"")).isEqualTo(Optional.empty());
  }

  @Test
  void the_names_that_tell_a_library_are_asked_for_whatever_is_judged() {
    Inventory few =
        new Inventory(
            (need, slot) -> {
              asked.add(need.metric());
              return new Exposing(true, List.of(API));
            },
            List.of(Catalogue.load().find("gc_cpu_fraction").orElseThrow()));
    few.runDue(0);
    few.runDue(30_000);
    assertThat(few.exposed(NAME).orElseThrow()).contains("go_goroutines", "go_goroutine_count");
    assertThat(asked).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void a_failure_teaches_nothing_and_is_asked_again_soon() {
    run(0, 3);
    failing = true;
    run(HOUR + 60_000, 1);
    assertThat(inventory.exposed(NAME)).isPresent();
    int before = asked.size();
    run(HOUR + 90_000, 2);
    assertThat(asked).hasSize(before);
    failing = false;
    run(HOUR + 400_000, 3);
    assertThat(asked).hasSize(before + 9);
  }
}
