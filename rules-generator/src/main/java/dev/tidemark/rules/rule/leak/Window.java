package dev.tidemark.rules.rule.leak;

import dev.tidemark.rules.model.Settings;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;

/**
 * How long growth is looked at: two halves that must both rise.
 *
 * @param half at least twenty samples and evaluations long, so that a slope is one
 */
record Window(Duration half) {
  private static final int LEAST_SAMPLES = 20;
  private static final Duration LONG = Duration.ofHours(1);

  static Window of(Duration whole, Settings settings) {
    Duration slower =
        settings.groupInterval().compareTo(settings.scrapeInterval()) > 0
            ? settings.groupInterval()
            : settings.scrapeInterval();
    Duration least = slower.multipliedBy(LEAST_SAMPLES);
    Duration half = whole.dividedBy(2);
    return new Window(half.compareTo(least) < 0 ? least : half);
  }

  /**
   * How many standard deviations a half must rise. Of a straight line it is 3.46; 1.5 asks for a
   * correlation with time of 0.43, which 30 samples of noise have once in 200 times. The many
   * samples of hours need less.
   */
  double straight() {
    return half.compareTo(LONG) > 0 ? 1 : 1.5;
  }

  Duration whole() {
    return half.multipliedBy(2);
  }

  /** How long a level must have held to count. */
  Duration settled() {
    return Duration.ofMillis(half.toMillis() / 3);
  }

  /** Part of recorded names. */
  String name() {
    return PromDuration.format(whole());
  }
}
