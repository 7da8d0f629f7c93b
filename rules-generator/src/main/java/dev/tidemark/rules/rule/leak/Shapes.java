package dev.tidemark.rules.rule.leak;

import java.util.Random;
import java.util.function.IntToDoubleFunction;

/**
 * How values run that a leak alert must tell apart: from a step's number to a value, NaN for no
 * sample. The same every time.
 *
 * @param base the usual level
 * @param perStep how fast a leak rises
 * @param half steps in half a window
 */
record Shapes(double base, double perStep, int half) {
  private static final long SEED = 4;

  IntToDoubleFunction flat() {
    return i -> base;
  }

  /** A tenth of the level up and down. */
  IntToDoubleFunction noise() {
    return i -> base + new Random(SEED * 1_000_003 + i).nextGaussian() * base / 10;
  }

  /** Rises from one step to another, and is then as new. */
  IntToDoubleFunction leak(int from, int to) {
    return i -> i < from || i >= to ? base : base + (i - from) * perStep;
  }

  IntToDoubleFunction step(int at) {
    return i -> i < at ? base : base * 10;
  }

  /** Nearly nothing, then as before within half a half. */
  IntToDoubleFunction restart(int at) {
    return i -> i < at ? base : Math.min(base, base / 10 + (i - at) * base * 2 / half);
  }

  IntToDoubleFunction young(int at) {
    return i -> i == at ? base / 10 : i == at + 1 ? base * 3 : Double.NaN;
  }

  /** Four times as much at noon as at midnight. */
  IntToDoubleFunction days(int day) {
    return i -> base * (2.5 - 1.5 * Math.cos(2 * Math.PI * i / day));
  }

  /** Every fifth sample is missing. */
  IntToDoubleFunction gaps(IntToDoubleFunction of) {
    return i -> i % 5 == 3 ? Double.NaN : of.applyAsDouble(i);
  }
}
