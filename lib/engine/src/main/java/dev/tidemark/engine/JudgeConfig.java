package dev.tidemark.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How series are judged; one instance serves all series.
 *
 * @param interval the grid samples arrive on
 * @param windows shortest first after construction; slots are raised to the interval and to whole
 *     multiples of the finest slot
 * @param lag how long a sample waits before it teaches the baseline
 * @param freezeAfter how long a score stays above 1 before the baseline stops learning; a length of
 *     {@link #NEVER} switches freezing off
 * @param freezeCap how long it may stay frozen before the held samples are the new normal
 * @param minSamples samples before a baseline is used
 * @param off what is left out of the judgement
 */
public record JudgeConfig(
    Duration interval,
    List<WindowShape> windows,
    Duration lag,
    Duration freezeAfter,
    Duration freezeCap,
    int minSamples,
    GrowthConfig growth,
    Set<Part> off) {
  /** As freezeAfter: the baseline always learns. */
  public static final Duration NEVER = Duration.ofDays(100_000);

  public JudgeConfig {
    off = Set.copyOf(off);
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval is " + interval + ", must be at least 1 ms");
    }
    if (windows.isEmpty() || windows.size() > 8) {
      throw new IllegalArgumentException(windows.size() + " windows, must be 1 to 8");
    }
    if (minSamples < 1) {
      throw new IllegalArgumentException("minSamples is " + minSamples + ", must be at least 1");
    }
    for (Duration d : List.of(lag, freezeAfter, freezeCap)) {
      if (d.isNegative()) {
        throw new IllegalArgumentException("a duration is negative: " + d);
      }
    }
    Duration finest = windows.stream().map(WindowShape::slot).sorted().findFirst().orElseThrow();
    Duration base = finest.compareTo(interval) < 0 ? interval : finest;
    windows =
        windows.stream()
            .map(w -> w.coarsenedTo(base))
            .sorted(Comparator.comparing(WindowShape::length))
            .toList();
    long held = (lag.toMillis() + freezeCap.toMillis()) / base.toMillis();
    if (held > 1_000_000) {
      throw new IllegalArgumentException(
          "lag and freezeCap together hold " + held + " slots of " + base + ", at most 1000000");
    }
  }

  public JudgeConfig(
      Duration interval,
      List<WindowShape> windows,
      Duration lag,
      Duration freezeAfter,
      Duration freezeCap,
      int minSamples,
      GrowthConfig growth) {
    this(interval, windows, lag, freezeAfter, freezeCap, minSamples, growth, Set.of());
  }

  /** The same with more parts of the judgement switched off. */
  public JudgeConfig without(Part... parts) {
    Set<Part> more = new HashSet<>(off);
    more.addAll(Arrays.asList(parts));
    return new JudgeConfig(
        interval, windows, lag, freezeAfter, freezeCap, minSamples, growth, more);
  }

  /** Whether a part of the judgement is switched on. */
  public boolean uses(Part part) {
    return !off.contains(part);
  }

  /** The defaults for a grid: 1 h at 15 s, 24 h at 1 min, 7 d at 5 min. */
  public static JudgeConfig defaults(Duration interval) {
    return new JudgeConfig(
        interval,
        List.of(
            WindowShape.of(Duration.ofHours(1)),
            WindowShape.of(Duration.ofHours(24)),
            WindowShape.of(Duration.ofDays(7))),
        Duration.ofHours(1),
        Duration.ofMinutes(5),
        Duration.ofHours(24),
        60,
        GrowthConfig.defaults());
  }

  /** The defaults at 30 s. */
  public static JudgeConfig defaults() {
    return defaults(Duration.ofSeconds(30));
  }

  /** The slot of the finest window, in milliseconds: what every other slot is a multiple of. */
  public long baseSlotMillis() {
    return windows.stream().mapToLong(w -> w.slot().toMillis()).min().orElseThrow();
  }

  /**
   * How far back a history has to be learnt sample by sample: what is older only windows as coarse
   * as the longest know, and growth over days. Of that the samples on {@link #longestSlotMillis}
   * are enough, for those windows keep no others.
   */
  public Duration recent() {
    Duration longest = windows.get(windows.size() - 1).slot();
    for (WindowShape window : windows) {
      boolean finer = window.slot().toMillis() < longestSlotMillis();
      longest = finer && longest.compareTo(window.length()) < 0 ? window.length() : longest;
    }
    for (Duration horizon : growth.horizons()) {
      longest = longest.compareTo(horizon) < 0 ? horizon : longest;
    }
    return longest.plus(lag).plus(windows.get(windows.size() - 1).slot());
  }

  /** The slot of the longest window, in milliseconds. */
  public long longestSlotMillis() {
    return windows.get(windows.size() - 1).slot().toMillis();
  }
}
