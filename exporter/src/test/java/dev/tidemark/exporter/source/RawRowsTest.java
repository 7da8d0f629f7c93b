package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is made of samples as they were scraped is what the queries would have answered. */
class RawRowsTest {
  private static final long STEP = 30_000;
  private static final Slots SLOTS = new Slots(1_000_000 * STEP, 40, STEP);

  private record Scraped(long millis, double value, boolean stale) {}

  @Test
  void rows_are_those_of_a_selector_and_fresh_where_ranges_hold_samples() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Scraped> series = new ArrayList<>();
      long at = SLOTS.first() - 400_000;
      while (at < SLOTS.last()) {
        int kind = random.nextInt(12);
        at += kind == 0 ? random.nextInt(700_000) : kind < 4 ? STEP : STEP - 3 + random.nextInt(7);
        series.add(new Scraped(at, random.nextInt(3), random.nextInt(8) == 0));
      }
      RawRows raw = new RawRows(SLOTS);
      raw.begin(Map.of("pod", "a", "le", "1"));
      for (Scraped each : series) {
        if (each.stale()) {
          raw.stale(each.millis());
        } else {
          raw.sample(each.millis(), each.value());
        }
      }
      raw.end();
      BitSet fresh = raw.freshBy(Set.of("pod")).get(Map.of("pod", "a"));
      for (int i = 0; i < SLOTS.count(); i++) {
        long slot = SLOTS.at(i);
        assertThat(List.copyOf(raw.values().in(i).values()))
            .as("seed %d, slot %d", seed, i)
            .isEqualTo(selected(series, slot));
        boolean late =
            counted(series, slot, STEP + STEP / 10) > 0 && counted(series, slot, STEP * 5 / 2) > 1;
        assertThat(fresh != null && fresh.get(i))
            .as("seed %d, slot %d is fresh", seed, i)
            .isEqualTo(counted(series, slot, STEP - 1) > 0 || late);
      }
    }
  }

  @Test
  void more_series_than_fit_are_not_kept_and_those_not_wanted_take_no_place() {
    Slots many = new Slots(1_000_000 * STEP, ChunkSize.MAX_SLOTS, STEP);
    int fit = RawRows.MOST / many.count();
    RawRows raw = new RawRows(many, labels -> !labels.containsKey("other"));
    for (int i = 0; i < 10 * fit; i++) {
      begin(raw, many, Map.of("other", "s" + i));
    }
    for (int i = 0; i < fit; i++) {
      begin(raw, many, Map.of("pod", "p" + i));
    }
    assertThat(raw.isFull()).isFalse();
    assertThat(raw.values().in(1)).hasSize(fit);
    begin(raw, many, Map.of("pod", "one more"));
    assertThat(raw.isFull()).isTrue();
    assertThat(raw.values().in(1)).hasSize(fit);
    assertThat(raw.freshBy(Set.of("pod"))).hasSize(fit);
  }

  private static void begin(RawRows raw, Slots slots, Map<String, String> labels) {
    raw.begin(labels);
    raw.sample(slots.at(1), 1);
    raw.end();
  }

  private static List<Double> selected(List<Scraped> series, long slot) {
    List<Scraped> past = series.stream().filter(s -> s.millis() <= slot).toList();
    Scraped last = past.isEmpty() ? null : past.get(past.size() - 1);
    return last == null || last.stale() || last.millis() < slot - 300_000
        ? List.of()
        : List.of(last.value());
  }

  private static long counted(List<Scraped> series, long slot, long range) {
    return series.stream()
        .filter(s -> !s.stale() && s.millis() >= slot - range && s.millis() <= slot)
        .count();
  }
}
