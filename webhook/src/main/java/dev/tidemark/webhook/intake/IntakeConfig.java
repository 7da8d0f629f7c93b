package dev.tidemark.webhook.intake;

import java.time.Duration;

/**
 * How the intake behaves.
 *
 * @param maxBytes of one body, for the web server to keep; 8 MiB are some 10,000 alerts
 * @param answerWithin how long the journal may take before the answer is 503: well below the 10 s
 *     that Alertmanager waits at least
 * @param inFlightBytes how much may be in memory at once on its way to the journal, a body counted
 *     as at least {@link #LEAST}: parsed, a body takes about five times its size
 */
public record IntakeConfig(long maxBytes, Duration answerWithin, long inFlightBytes) {
  public static final IntakeConfig DEFAULT =
      new IntakeConfig(8L << 20, Duration.ofSeconds(5), 32L << 20);

  static final int LEAST = 16 << 10;

  public IntakeConfig {
    if (maxBytes < 1 || answerWithin.isNegative() || answerWithin.isZero() || inFlightBytes < 1) {
      throw new IllegalArgumentException("maxBytes, answerWithin, inFlightBytes must be positive");
    }
  }
}
