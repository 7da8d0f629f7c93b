package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Prior;
import dev.tidemark.engine.Trace;
import dev.tidemark.engine.baseline.Band;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one series.
 *
 * @param windows shortest first
 */
public record SeriesHistory(List<Window> windows) {
  private static final long HOUR = 3_600_000;
  private static final int MOST_BANDS = 200;

  /**
   * One window.
   *
   * @param bands the band as it is known now, at some times over the window in their order; two
   *     where it does not follow the time of day, none while nothing is remembered
   */
  public record Window(Trace trace, List<BandAt> bands) {
    public Window {
      bands = List.copyOf(bands);
    }
  }

  /** The band at a time; all NaN where too little is known. */
  public record BandAt(long timeMillis, double expected, double upper, double lower) {}

  public SeriesHistory {
    windows = List.copyOf(windows);
  }

  static SeriesHistory of(Judge judge, JudgeConfig config, @Nullable Prior prior) {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < config.windows().size(); i++) {
      Trace trace = judge.trace(i);
      windows.add(new Window(trace, bands(judge, trace, prior)));
    }
    return new SeriesHistory(windows);
  }

  private static List<BandAt> bands(Judge judge, Trace trace, @Nullable Prior prior) {
    if (trace.values().isEmpty()) {
      return List.of();
    }
    long first = trace.firstMillis();
    long last = first + trace.values().size() * trace.stepMillis();
    long step = judge.hasRhythm() ? Math.max(HOUR, (last - first) / MOST_BANDS) : last - first;
    List<BandAt> bands = new ArrayList<>();
    for (long time = first; time < last; time += step) {
      bands.add(at(judge, time, prior));
    }
    bands.add(at(judge, last, prior));
    return bands;
  }

  private static BandAt at(Judge judge, long time, @Nullable Prior prior) {
    Band band = judge.band(time, prior);
    return new BandAt(time, band.expected(), band.upper(), band.lower());
  }
}
