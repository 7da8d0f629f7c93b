package dev.tidemark.exporter.health;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well a target is, 0 to 100: the mean of its weighted parts and its worst part, half each, so
 * that four good parts cannot hide a bad one. Only what is true now counts, no counter since the
 * start: a score must not fall with age.
 *
 * @param score NaN where no part is known
 * @param parts 0 to 100; what is not known is missing
 */
public record HealthScore(double score, Map<Part, Double> parts) {
  /** What a score is made of, with its weight. */
  public enum Part {
    GROWTH(0.35),
    LEVEL(0.15),
    MEMORY(0.2),
    COLLECTOR(0.15),
    CPU(0.1),
    NODE(0.05);

    final double weight;

    Part(double weight) {
      this.weight = weight;
    }

    /** As it stands in the label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<String> GROWING =
      List.of(Ids.GOROUTINES, Ids.HEAP_LIVE, Ids.HEAP_INUSE, Ids.WORKING_SET, Ids.RSS);

  public HealthScore {
    parts = Map.copyOf(parts);
  }

  /** The score of a target now. */
  public static HealthScore of(Vitals vitals) {
    Map<Part, Double> parts = new EnumMap<>(Part.class);
    put(parts, Part.GROWTH, worst(vitals, HealthScore::growth));
    put(parts, Part.LEVEL, worst(vitals, HealthScore::level));
    put(parts, Part.MEMORY, memory(vitals));
    put(parts, Part.COLLECTOR, collector(vitals));
    put(parts, Part.CPU, falling(vitals.value(Ids.THROTTLED), 0, 0.5));
    put(parts, Part.NODE, node(vitals));
    double weights = 0;
    double sum = 0;
    double least = 100;
    for (Map.Entry<Part, Double> part : parts.entrySet()) {
      weights += part.getKey().weight;
      sum += part.getKey().weight * part.getValue();
      least = Math.min(least, part.getValue());
    }
    return new HealthScore(weights == 0 ? Double.NaN : (sum / weights + least) / 2, parts);
  }

  private interface Judged {
    double of(Judgement judgement);
  }

  private static double worst(Vitals vitals, Judged part) {
    double worst = Double.NaN;
    for (String id : GROWING) {
      @Nullable Judgement judgement = vitals.judged(id);
      if (judgement != null) {
        worst = least(worst, part.of(judgement));
      }
    }
    return worst;
  }

  private static double growth(Judgement judgement) {
    return switch (judgement.leakState()) {
      case NONE -> judgement.rises() ? 80 : 100;
      case SUSPECTED -> 40;
      case CONFIRMED -> confirmed(judgement.timeToLimitSeconds());
    };
  }

  /** From 20 down to 0 for a limit within the hour. */
  private static double confirmed(double secondsToLimit) {
    return secondsToLimit < 3600 ? 20 * secondsToLimit / 3600 : 20;
  }

  private static double level(Judgement judgement) {
    return judgement.leakState() == LeakState.NONE && Double.isNaN(judgement.score())
        ? Double.NaN
        : falling(judgement.score(), 0.8, 4);
  }

  private static double memory(Vitals vitals) {
    double used = vitals.value(Ids.WORKING_SET);
    double share =
        (Double.isNaN(used) ? vitals.value(Ids.RSS) : used) / vitals.value(Ids.MEMORY_LIMIT);
    double ofGo = vitals.value(Ids.HEAP_INUSE) / vitals.value(Ids.GOMEMLIMIT);
    return least(falling(share, 0.7, 1), falling(ofGo, 0.8, 1.2));
  }

  private static double collector(Vitals vitals) {
    return least(
        falling(vitals.value(Ids.GC_CPU), 0.1, 0.5),
        falling(vitals.value(Ids.GC_PAUSE), 0.005, 0.1));
  }

  private static double node(Vitals vitals) {
    double unwell = vitals.value(Ids.NODE_UNWELL);
    return least(
        Double.isNaN(unwell) ? Double.NaN : unwell >= 1 ? 0 : 100,
        100 - falling(vitals.value(Ids.NODE_FREE), 0, 0.1));
  }

  /** 100 up to {@code good}, 0 from {@code bad} on, straight between. */
  private static double falling(double value, double good, double bad) {
    return Double.isNaN(value)
        ? Double.NaN
        : 100 * Math.min(1, Math.max(0, (bad - value) / (bad - good)));
  }

  private static double least(double one, double other) {
    return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
  }

  private static void put(Map<Part, Double> parts, Part part, double value) {
    if (!Double.isNaN(value)) {
      parts.put(part, value);
    }
  }
}
