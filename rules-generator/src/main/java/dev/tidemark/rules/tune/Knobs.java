package dev.tidemark.rules.tune;

import dev.tidemark.toolkit.config.PromDuration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which parameters of the catalogue make an alert quieter, and which way. A name means the same in
 * every alert.
 */
final class Knobs {
  /** Every alert has it, and a longer one never adds an episode. */
  static final String FOR = "for";

  /** A number that the alert finds itself. */
  static final String AUTO = "auto";

  private static final Map<String, Boolean> HIGHER =
      Map.ofEntries(
          Map.entry(FOR, true),
          Map.entry("above", true),
          Map.entry("after", true),
          Map.entry("atLeast", true),
          Map.entry("below", false),
          Map.entry("budget", true),
          Map.entry("cycles", true),
          Map.entry("growthPerHour", true),
          Map.entry("moreThan", true),
          Map.entry("near", true),
          Map.entry("share", true),
          Map.entry("throttled", true),
          Map.entry("times", true),
          Map.entry("within", false));

  /**
   * Left as they are: windows change what is looked at and not how much of it matters, a minimum of
   * history only silences what is new, and a limit is what it is.
   */
  static final Set<String> LEFT =
      Set.of("fast", "slow", "minHistory", "limit", "keepFiringFor", "memoryLimit", "histogram");

  private Knobs() {}

  static boolean has(String name) {
    return HIGHER.containsKey(name);
  }

  /** Quieter values, the nearest first; none where the present one is no number nor duration. */
  static List<String> quieter(String name, String present, Duration interval) {
    boolean higher = HIGHER.getOrDefault(name, true);
    try {
      return Ladder.numbers(new BigDecimal(present), higher);
    } catch (NumberFormatException notANumber) {
      try {
        return Ladder.durations(PromDuration.parse(present), higher, interval);
      } catch (IllegalArgumentException noDuration) {
        return List.of();
      }
    }
  }
}
