package dev.tidemark.rules.tune;

import dev.tidemark.toolkit.config.PromDuration;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/** The values of a threshold that are tried: quieter ones, the nearest first. */
final class Ladder {
  private static final double[] HIGHER = {1.1, 1.25, 1.5, 2, 3, 5, 10};
  private static final double[] LOWER = {0.9, 0.75, 0.6, 0.5, 0.35, 0.25, 0.1};
  private static final double[] LONGER = {1.5, 2, 3, 4, 6, 8};
  private static final double[] SHORTER = {0.75, 0.5, 0.35, 0.25, 0.1};
  private static final double[] OF_NOTHING = {1, 2, 5, 10, 15, 30, 60};

  /** From here on a number below one is taken for a share, which cannot be doubled. */
  private static final double SHARE = 0.3;

  private static final int SPAN = 8;
  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  private Ladder() {}

  /** Numbers; whole ones stay whole. */
  static List<String> numbers(BigDecimal present, boolean higher) {
    double from = present.doubleValue();
    boolean whole = from >= 1 && present.stripTrailingZeros().scale() <= 0;
    DoubleStream values =
        !higher
            ? DoubleStream.of(LOWER).map(f -> from * f)
            : from == 0 || (from >= SHARE && from < 1)
                ? DoubleStream.iterate(0.1, share -> share < 0.95, share -> share + 0.1)
                    .map(share -> from + (1 - from) * share)
                : DoubleStream.of(HIGHER).map(f -> from * f);
    Set<String> texts = new LinkedHashSet<>();
    values.forEach(
        value -> {
          BigDecimal rounded = BigDecimal.valueOf(value).round(THREE_DIGITS);
          texts.add(
              plain(
                  whole
                      ? rounded.setScale(0, higher ? RoundingMode.CEILING : RoundingMode.FLOOR)
                      : rounded));
        });
    texts.remove(plain(present));
    return List.copyOf(texts);
  }

  /** Numbers from a lowest to a highest, each so many times the one before. */
  static List<String> between(double lowest, double highest) {
    if (!(lowest > 0 && highest >= lowest) || Double.isInfinite(highest)) {
      return List.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    double factor = Math.pow(highest / lowest, 1.0 / (SPAN - 1));
    for (int i = 0; i < SPAN; i++) {
      texts.add(plain(BigDecimal.valueOf(lowest * Math.pow(factor, i)).round(TWO_DIGITS)));
    }
    return List.copyOf(texts);
  }

  /**
   * Durations, in multiples of the interval where they are longer than it.
   *
   * @param interval of the group: rules are evaluated no oftener
   */
  static List<String> durations(Duration present, boolean longer, Duration interval) {
    DoubleStream factors =
        DoubleStream.of(present.isZero() ? OF_NOTHING : longer ? LONGER : SHORTER);
    double from = present.isZero() ? interval.toMillis() : present.toMillis();
    if (present.isZero() && !longer) {
      return List.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    factors.forEach(
        factor -> {
          long millis = Math.round(from * factor);
          long step = interval.toMillis();
          long rounded = millis > step ? Math.round(millis / (double) step) * step : millis;
          texts.add(PromDuration.format(Duration.ofMillis(rounded)));
        });
    texts.remove(PromDuration.format(present));
    return List.copyOf(texts);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
