package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.WindowShape;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Refusals;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How baselines learn.
 *
 * @param windows over which levels are remembered; shortest first after construction
 * @param lag how long a sample waits before it teaches
 * @param freezeAfter how long a score stays above 1 before the baseline stops learning
 * @param freezeCap how long it stays stopped at most
 * @param minSamples samples before a baseline is used
 */
public record BaselineConfig(
    @Default("[1h, 24h, 7d]") List<Duration> windows,
    @Default("1h") Duration lag,
    @Default("5m") Duration freezeAfter,
    @Default("24h") Duration freezeCap,
    @Default("60") int minSamples) {
  /** Used whatever the interval and the history: they take what there is. */
  private static final List<Duration> USUAL =
      List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7));

  private static final int MOST_WINDOWS = 8;

  /** A window that holds fewer samples has no percentiles. */
  private static final int FEWEST_INTERVALS = 10;

  /** 35,000 slots, twice as many bytes at most. */
  private static final Duration LONGEST = Duration.ofDays(365);

  public BaselineConfig {
    windows = windows.stream().sorted().toList();
    Refusals refusals =
        new Refusals()
            .unless(minSamples >= 1, "minSamples: must be at least 1, found " + minSamples)
            .unless(
                freezeCap.compareTo(freezeAfter) >= 0
                    || freezeAfter.compareTo(JudgeConfig.NEVER) >= 0,
                "freezeCap: %s is shorter than freezeAfter, which is %s; freezeAfter: 100000d never freezes"
                    .formatted(plain(freezeCap), plain(freezeAfter)))
            .unless(!windows.isEmpty(), "windows: must name at least one, such as 24h")
            .unless(
                windows.size() <= MOST_WINDOWS,
                "windows: must be at most " + MOST_WINDOWS + ", found " + windows.size());
    Set<Duration> seen = new HashSet<>();
    for (Duration window : windows) {
      refusals
          .unless(seen.add(window), "windows: " + plain(window) + " stands twice")
          .unless(
              window.compareTo(LONGEST) <= 0,
              "windows: must be at most " + plain(LONGEST) + ", found " + plain(window));
    }
    refusals.throwIfAny();
  }

  /**
   * The windows with the slots that follow from their lengths.
   *
   * @param history from where they are filled at the start
   * @throws dev.tidemark.toolkit.yaml.RefusedException where they do not go with these
   */
  public List<WindowShape> shapes(Duration interval, Duration history) {
    Duration least = interval.multipliedBy(FEWEST_INTERVALS);
    Refusals refusals = new Refusals();
    for (Duration window : windows.equals(USUAL) ? List.<Duration>of() : windows) {
      refusals
          .unless(
              window.compareTo(least) >= 0,
              "windows: %s is shorter than %d intervals, which are %s"
                  .formatted(plain(window), FEWEST_INTERVALS, plain(least)))
          .unless(
              window.compareTo(history) <= 0,
              "windows: %s is longer than history, which is %s; raise history with it"
                  .formatted(plain(window), plain(history)));
    }
    refusals.throwIfAny();
    return windows.stream().map(WindowShape::of).toList();
  }

  private static String plain(Duration length) {
    return PromDuration.plain(length);
  }
}
