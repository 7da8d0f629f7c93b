package dev.tidemark.webhook.verify;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The slope after against the slope before. A restart always lowers the level, so the level proves
 * nothing; that it no longer climbs does.
 */
public final class SlopeProof {

  /** What is left of the old slope and still counts as cured. */
  private static final double TOLERATED = 0.1;

  /** A rise over the window that is smaller than this many times the scatter is no rise. */
  private static final double NOISE = 2;

  /**
   * The scatter may hide at most this part of the old rise over the window: a measurement in which
   * the old leak could hide whole does not show that it is gone.
   */
  private static final double HIDDEN = 0.5;

  private SlopeProof() {}

  /**
   * @param signal its id, for the text
   * @param windowSeconds of the measurement after
   */
  public static Proof of(String signal, Trend before, Trend after, double windowSeconds) {
    if (!before.isKnown()) {
      return inconclusive(signal + " had too few samples before to know its slope");
    }
    double rise = before.perSecond();
    if (!(rise > 0)) {
      return inconclusive(
          signal + " did not grow before (" + perSecond(rise) + "), so its slope proves nothing");
    }
    if (!after.isKnown()) {
      return inconclusive(
          signal
              + " has no data after, or not to the end: the target is gone, or nothing scrapes it");
    }
    if (after.fell()) {
      return inconclusive(
          signal + " fell by half again while it was measured: restarted once more");
    }
    String compared =
        "%s grew %s before and %s after"
            .formatted(signal, perSecond(rise), perSecond(after.perSecond()));
    boolean grows =
        after.perSecond() > TOLERATED * rise
            && after.perSecond() * windowSeconds > NOISE * after.scatter();
    if (!grows && NOISE * after.scatter() > HIDDEN * rise * windowSeconds) {
      return inconclusive(
          compared + ", but it scatters too much for the window to show a slope: measure longer");
    }
    if (!grows) {
      return new Proof(Proof.Kind.CURED, compared);
    }
    double seconds = (before.level() - after.level()) / after.perSecond();
    return new Proof(
        Proof.Kind.RECURS,
        seconds > 0
            ? "recurs in " + span(seconds) + ": " + compared
            : "recurs: already back at the level before; " + compared);
  }

  private static Proof inconclusive(String text) {
    return new Proof(Proof.Kind.INCONCLUSIVE, text);
  }

  /** {@code 31 h}, {@code 12 min}: two digits tell enough. */
  static String span(double seconds) {
    if (seconds < 120) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    if (seconds < 2 * 3600) {
      return Math.round(seconds / 60) + " min";
    }
    if (seconds < 48 * 3600) {
      return Math.round(seconds / 3600) + " h";
    }
    return Math.round(seconds / 86_400) + " d";
  }

  private static String perSecond(double slope) {
    double hourly = slope * 3600;
    return Math.abs(hourly) < 10_000 ? digits(hourly) + "/h" : digits(slope) + "/s";
  }

  private static String digits(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
