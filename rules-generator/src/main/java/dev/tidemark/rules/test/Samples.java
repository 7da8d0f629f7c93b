package dev.tidemark.rules.test;

import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import java.math.BigDecimal;
import java.util.List;

/** Writes samples in promtool's notation: {@code 0x3 2x20 stale}. */
final class Samples {
  private Samples() {}

  static String of(Input input, Timeline time) {
    int before = Timeline.BEFORE;
    int during = time.during();
    return run(input.before(), 0, before, time)
        + " "
        + run(input.during(), before, during, time)
        + " "
        + run(input.after(), before + during, time.after(), time);
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

  private static String run(Level level, int from, int steps, Timeline time) {
    return switch (level.kind()) {
      case VALUE -> repeated(number(level.value()), steps);
      case CLOCK -> {
        String start = seconds(from, time);
        yield steps == 1 ? start : start + "+" + seconds(1, time) + "x" + (steps - 1);
      }
      // the last sample of the clock before it stopped
      case STOPPED_CLOCK -> repeated(seconds(from - 1, time), steps);
      case GONE -> steps == 1 ? "stale" : "stale _x" + (steps - 1);
    };
  }

  private static String repeated(String value, int steps) {
    return steps == 1 ? value : value + "x" + (steps - 1);
  }

  private static String seconds(int steps, Timeline time) {
    return number(steps * time.stepMillis() / 1000.0);
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
