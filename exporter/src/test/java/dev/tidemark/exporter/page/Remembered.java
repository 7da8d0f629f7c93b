package dev.tidemark.exporter.page;

import dev.tidemark.engine.Trace;
import dev.tidemark.exporter.fleet.SeriesHistory;
import dev.tidemark.exporter.fleet.SeriesHistory.BandAt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Histories as they could be, ending at the present of {@link PageTest}. */
final class Remembered {
  private Remembered() {}

  /**
   * A day with a slot each half hour, of 155 to 205 normally 180, and an hour of which nothing is
   * known.
   */
  static SeriesHistory day(IntToDoubleFunction level) {
    long step = 1_800_000;
    long end = PageTest.NOW.toEpochMilli();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      values.add(level.applyAsDouble(i));
    }
    long from = end - 48 * step;
    List<BandAt> bands = List.of(new BandAt(from, 180, 205, 155), new BandAt(end, 180, 205, 155));
    return new SeriesHistory(
        List.of(
            new SeriesHistory.Window(
                new Trace(Duration.ofHours(1), 0, 30_000, List.of()), List.of()),
            new SeriesHistory.Window(new Trace(Duration.ofHours(24), from, step, values), bands)));
  }
}
