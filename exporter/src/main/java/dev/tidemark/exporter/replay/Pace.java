package dev.tidemark.exporter.replay;

import dev.tidemark.engine.GrowthConfig;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.WindowShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses windows, lag and horizons for samples of a spacing that nobody configured. From 15 s to 5
 * min they are the exporter's defaults. Finer samples get shorter windows and horizons beside the
 * day and the week, so that a recording of minutes is judged too; coarser ones get longer, so that
 * a horizon holds enough of them.
 */
final class Pace {
  private static final Duration FINE = Duration.ofSeconds(15);
  private static final Duration COARSE = Duration.ofMinutes(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** Samples that wait to teach, lag and freeze together; the engine's bound is a million. */
  private static final int MOST_HELD = 900_000;

  private Pace() {}

  static JudgeConfig of(Duration interval) {
    if (interval.compareTo(FINE) < 0) {
      return fine(interval);
    }
    return interval.compareTo(COARSE) > 0 ? coarse(interval) : usual(interval);
  }

  private static JudgeConfig usual(Duration interval) {
    JudgeConfig plain = JudgeConfig.defaults(interval);
    return new JudgeConfig(
        interval,
        plain.windows(),
        plain.lag(),
        longer(plain.freezeAfter(), interval.multipliedBy(3)),
        plain.freezeCap(),
        plain.minSamples(),
        plain.growth());
  }

  /** As many samples as an hour, six and a day hold at 15 s, beside the real ones. */
  private static JudgeConfig fine(Duration interval) {
    JudgeConfig plain = JudgeConfig.defaults(interval);
    Duration hour = interval.multipliedBy(240);
    Duration held = interval.multipliedBy(MOST_HELD);
    List<Duration> horizons = new ArrayList<>(plain.growth().horizons());
    horizons.add(hour);
    horizons.add(hour.multipliedBy(6));
    return new JudgeConfig(
        interval,
        List.of(
            new WindowShape(hour, interval),
            new WindowShape(hour.multipliedBy(24), interval.multipliedBy(4)),
            new WindowShape(DAY, Duration.ofMinutes(1)),
            new WindowShape(WEEK, Duration.ofMinutes(5))),
        hour,
        interval.multipliedBy(20),
        held.compareTo(plain.freezeCap()) < 0 ? held : plain.freezeCap(),
        plain.minSamples(),
        new GrowthConfig(horizons, interval.multipliedBy(60)));
  }

  private static JudgeConfig coarse(Duration interval) {
    JudgeConfig plain = JudgeConfig.defaults(interval);
    double days = Math.max(1, (double) interval.toMillis() / HOUR.toMillis());
    double stretch = (double) interval.toMillis() / COARSE.toMillis();
    return new JudgeConfig(
        interval,
        List.of(
            new WindowShape(times(DAY, days), interval),
            new WindowShape(times(WEEK, days), interval)),
        interval.multipliedBy(12),
        interval.multipliedBy(3),
        times(plain.freezeCap(), stretch),
        plain.minSamples(),
        new GrowthConfig(
            plain.growth().horizons().stream().map(h -> times(h, stretch)).toList(),
            interval.multipliedBy(3)));
  }

  private static Duration times(Duration length, double factor) {
    return Duration.ofMillis(Math.round(length.toMillis() * factor));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
