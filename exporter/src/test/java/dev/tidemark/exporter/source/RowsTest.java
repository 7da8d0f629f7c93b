package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is put together here is what Prometheus would have answered. */
class RowsTest {
  private static final Slots SLOTS = new Slots(60_000, 4, 30_000);
  private static final Set<String> POD = Set.of("pod");

  private final Rows rows = new Rows(SLOTS);

  private void row(String version, double... values) {
    rows.begin(Map.of("pod", "a", "version", version));
    for (int i = 0; i < values.length; i++) {
      if (values[i] >= 0 || Double.isNaN(values[i])) { // negative: no sample
        rows.sample(SLOTS.at(i), values[i]);
      }
    }
    rows.end();
  }

  @Test
  void the_larger_of_two_rows_counts_and_nan_gives_way() {
    row("1", 3, Double.NaN, -1, Double.NaN);
    row("2", 5, 1, -1, -1);
    Rows.Row merged = rows.maxBy(POD).values().iterator().next();
    assertThat(merged.labels()).isEqualTo(Map.of("pod", "a"));
    assertThat(merged.present().stream()).containsExactly(0, 1, 3);
    assertThat(merged.values()).containsExactly(5, 1, 0, Double.NaN);
  }

  @Test
  void a_row_tells_of_its_first_slot_of_changes_and_of_coming_back() {
    row("1", 7, 7, 8, 8);
    row("2", -1, 9, -1, 9);
    assertThat(rows.changesBy(POD))
        .containsExactlyInAnyOrder(event(0, 7), event(1, 9), event(2, 8), event(3, 9));
  }

  @Test
  void of_presence_only_coming_is_a_change() {
    row("1", 7, 8, -1, 9);
    assertThat(rows.onlyPresence().changesBy(POD))
        .containsExactlyInAnyOrderElementsOf(List.of(event(0, 1), event(3, 1)));
  }

  @Test
  void samples_beside_the_grid_are_counted_and_left_out() {
    rows.begin(Map.of("pod", "a"));
    rows.sample(60_001, 1);
    rows.sample(180_000, 1);
    rows.end();
    assertThat(rows.offGrid()).isEqualTo(2);
    assertThat(rows.maxBy(POD).values()).allMatch(row -> row.present().isEmpty());
  }

  private static Event event(int slot, double value) {
    return new Event(SLOTS.at(slot), Map.of("pod", "a"), value);
  }
}
