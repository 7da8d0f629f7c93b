package dev.tidemark.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.signals.signal.Unit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
  private static String texts(List<Ticks.Tick> ticks) {
    return String.join(" | ", ticks.stream().map(Ticks.Tick::text).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 1000; NONE; 0 | 200 | 400 | 600 | 800 | 1,000",
        "4870; 5130; NONE; 4,900 | 4,950 | 5,000 | 5,050 | 5,100",
        "0; 0.011; SECONDS; 0 s | 0.002 s | 0.004 s | 0.006 s | 0.008 s | 0.01 s",
        "0.4; 0.95; RATIO; 40 % | 50 % | 60 % | 70 % | 80 % | 90 %",
        "0; 100000000; BYTES; 0 MiB | 16 MiB | 32 MiB | 48 MiB | 64 MiB | 80 MiB",
        "-3; 3; NONE; -3 | -2 | -1 | 0 | 1 | 2 | 3",
        "1073741824; 1174405120; BYTES; 1 GiB | 1.02 GiB | 1.03 GiB | 1.05 GiB | 1.06 GiB | 1.08 GiB | 1.09 GiB",
      })
  void values_are_round(double low, double high, Unit unit, String expected) {
    assertThat(texts(Ticks.values(low, high, unit))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2026-01-01T12:10:00Z; 2026-01-02T12:10:00Z; 15:00 | 18:00 | 21:00 | 2 Jan | 03:00 | 06:00 | 09:00 | 12:00",
        "2025-12-29T12:10:00Z; 2026-01-02T12:10:00Z; 30 Dec | 31 Dec | 1 Jan | 2 Jan",
        "2026-01-01T12:00:30Z; 2026-01-01T13:00:30Z; 12:10 | 12:20 | 12:30 | 12:40 | 12:50 | 13:00",
        "2026-01-01T12:00:00Z; 2026-01-01T12:00:40Z; 12:00:00 | 12:00:10 | 12:00:20 | 12:00:30 | 12:00:40",
      })
  void times_are_round(Instant from, Instant to, String expected) {
    assertThat(texts(Ticks.times(from.toEpochMilli(), to.toEpochMilli()))).isEqualTo(expected);
  }

  @Test
  void there_are_few_of_them_however_far_apart_the_ends_are() {
    for (double high = 1e-60; high < 1e60; high *= 7.3) {
      for (Unit unit : Unit.values()) {
        List<Ticks.Tick> ticks = Ticks.values(0, high, unit);
        assertThat(ticks).as("0 to %s %s", high, unit).hasSizeBetween(2, 9);
        assertThat(ticks).extracting(Ticks.Tick::text).doesNotHaveDuplicates();
      }
    }
  }
}
