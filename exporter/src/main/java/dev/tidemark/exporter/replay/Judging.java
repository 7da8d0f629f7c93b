package dev.tidemark.exporter.replay;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.SeriesShape;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param configured how series are judged; null to choose by the spacing of the rows
 * @param limit NaN for none
 * @param mostSeries at a time
 */
public record Judging(
    SeriesShape shape, @Nullable JudgeConfig configured, double limit, int mostSeries) {
  private static final Duration UNKNOWN = Duration.ofSeconds(30);

  ReplayTerms terms(Optional<Duration> spacing, Progress progress) {
    JudgeConfig judge = configured;
    if (judge == null) {
      Duration interval = spacing.orElse(UNKNOWN);
      progress.say(
          spacing.isPresent()
              ? "interval: " + text(interval) + ", the smallest common distance of the first rows"
              : "interval: " + text(interval) + " is assumed, for no series has two rows");
      judge = Pace.of(interval);
    } else if (spacing.isPresent() && spacing.get().compareTo(judge.interval()) > 0) {
      progress.say(
          "warning: rows are "
              + text(spacing.get())
              + " apart, but the configuration's interval is "
              + text(judge.interval())
              + "; gaps and growth are judged by the latter");
    }
    return new ReplayTerms(shape, judge, limit, mostSeries);
  }

  private static String text(Duration interval) {
    long millis = interval.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
