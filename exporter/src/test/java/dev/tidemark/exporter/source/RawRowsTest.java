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
