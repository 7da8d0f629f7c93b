package dev.tidemark.rules.test;

import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;

/** Writes samples in promtool's notation: {@code 0x3 2x20 stale}. */
final class Samples {
  private Samples() {}

  /**
   * @param finer how many samples there are to a step of the timeline
   */
  static String of(Input input, Timeline time, int finer) {
    int before = Timeline.BEFORE * finer;
    int during = time.during() * finer;
    long millis = time.stepMillis() / finer;
    BigDecimal counted = BigDecimal.ZERO;
    StringBuilder text = new StringBuilder();
    text.append(run(input.before(), 0, before, millis, counted)).append(' ');
    counted = counted.add(risen(input.before(), before, millis));
    text.append(run(input.during(), before, during, millis, counted)).append(' ');
    counted = counted.add(risen(input.during(), during, millis));
    return text.append(run(input.after(), before + during, time.after() * finer, millis, counted))
        .toString();
  }

  /** How much a counter rises in so many steps. */
  private static BigDecimal risen(Level level, int steps, long millis) {
    return switch (level.kind()) {
      case RATE ->
          BigDecimal.valueOf(level.value())
              .multiply(BigDecimal.valueOf(millis * steps))
              .movePointLeft(3);
      case EACH -> BigDecimal.valueOf(level.value()).multiply(BigDecimal.valueOf(steps));
      case VALUE, TO_AND_FRO, CLOCK, STOPPED_CLOCK, GONE -> BigDecimal.ZERO;
    };
  }

  /** Runs of equal steps are written as one; NaN is no sample. */
  static String of(List<Double> values) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < values.size()) {
      double by = from + 1 < values.size() ? values.get(from + 1) - values.get(from) : 0;
      int to = from + 1;
      while (to < values.size() && follows(values.get(to - 1), values.get(to), by)) {
        to++;
      }
      text.append(text.isEmpty() ? "" : " ").append(run(values.get(from), by, to - from));
      from = to;
    }
    return text.toString();
  }

  private static boolean follows(double last, double next, double by) {
    return Double.isNaN(last) ? Double.isNaN(next) : next - last == by;
  }

  private static String run(double first, double by, int count) {
    if (Double.isNaN(first)) {
      return "_x" + count;
    }
    String start = number(first);
    if (count == 1) {
      return start;
    }
    String sign = by < 0 ? "-" : "+";
    String step = by == 0 ? "" : sign + number(Math.abs(by));
    return start + step + "x" + (count - 1);
  }

  private static String run(Level level, int from, int steps, long millis, BigDecimal counted) {
    return switch (level.kind()) {
      case VALUE ->
          Double.isFinite(level.value())
              ? repeated(number(level.value()), steps)
              : unusual(level.value(), steps);
      case TO_AND_FRO -> toAndFro(level.value(), from, steps);
      case RATE, EACH -> rising(counted, risen(level, 1, millis), steps);
      case CLOCK -> rising(seconds(from, millis), seconds(1, millis), steps);
      // the last sample of the clock before it stopped
      case STOPPED_CLOCK -> repeated(plain(seconds(from - 1, millis)), steps);
      case GONE -> steps == 1 ? "stale" : "stale _x" + (steps - 1);
    };
  }

  /** Of what is no usual number promtool reads no run. */
  private static String unusual(double value, int steps) {
    String word = Double.isNaN(value) ? "NaN" : value > 0 ? "Inf" : "-Inf";
    return String.join(" ", Collections.nCopies(steps, word));
  }

  private static String toAndFro(double value, int from, int steps) {
    StringJoiner samples = new StringJoiner(" ");
    for (int i = 0; i < steps; i++) {
      samples.add(number(value + (from + i) % 2));
    }
    return samples.toString();
  }

  private static String rising(BigDecimal start, BigDecimal by, int steps) {
    if (by.signum() == 0) {
      return repeated(plain(start), steps);
    }
    return steps == 1 ? plain(start) : plain(start) + "+" + plain(by) + "x" + (steps - 1);
  }

  private static String repeated(String value, int steps) {
    return steps == 1 ? value : value + "x" + (steps - 1);
  }

  private static BigDecimal seconds(int steps, long millis) {
    return BigDecimal.valueOf(steps * millis).movePointLeft(3);
  }

  private static String number(double value) {
    return plain(BigDecimal.valueOf(value));
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
