package dev.tidemark.exporter.health;

import dev.tidemark.engine.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What two signals of a target say together that neither says alone. */
public final class CrossSignals {
  private static final String ALLOCATION = "alloc_rate";

  /** By signal: the same for each request, judged where the configuration names a request rate. */
  private static final Map<String, String> PER_REQUEST =
      Map.of(Ids.GOROUTINES, "goroutines_per_request", ALLOCATION, "alloc_per_request");

  /** Growth of requests below this share of another is none. */
  private static final double NONE = 0.1;

  /** A share an hour that is so many times another is faster. */
  private static final double FASTER = 1.5;

  private CrossSignals() {}

  /**
   * Statements about a signal of this target, each part of a sentence; empty where the others add
   * nothing.
   */
  public static List<String> about(String signal, Vitals vitals) {
    List<String> said = new ArrayList<>();
    boolean stack = signal.equals(Ids.STACK_INUSE) || signal.equals(Ids.STACK_PER_GOROUTINE);
    boolean load = signal.equals(Ids.GOROUTINES) || signal.equals(ALLOCATION);
    Judgement judged = vitals.judged(signal);
    if (judged == null || !(stack || load)) {
      return said;
    }
    if (stack || signal.equals(Ids.GOROUTINES)) {
      stacks(vitals, said);
    }
    if (load && rises(judged)) {
      load(signal, judged, vitals, said);
    }
    return said;
  }

  private static void stacks(Vitals vitals, List<String> said) {
    Judgement stack = vitals.judged(Ids.STACK_INUSE);
    Judgement count = vitals.judged(Ids.GOROUTINES);
    if (stack == null || count == null || !rises(stack)) {
      return;
    }
    double ofStack = shareAnHour(stack);
    double ofCount = rises(count) ? shareAnHour(count) : 0;
    if (ofStack > FASTER * Math.max(0, ofCount)) {
      said.add(
          "stacks grow %s an hour, goroutines %s: calls go deeper"
              .formatted(Amounts.percent(ofStack), Amounts.percent(ofCount)));
    }
  }

  private static void load(String signal, Judgement judged, Vitals vitals, List<String> said) {
    Judgement each = vitals.judged(PER_REQUEST.getOrDefault(signal, ""));
    if (each == null || !rises(each)) {
      return;
    }
    double grows = shareAnHour(judged);
    double ofLoad = Math.max(0, grows - shareAnHour(each));
    if (grows > FASTER * ofLoad) {
      said.add(
          "%s grow %s an hour while requests %s"
              .formatted(
                  signal.equals(Ids.GOROUTINES) ? Ids.GOROUTINES : "allocations",
                  Amounts.percent(grows),
                  ofLoad < NONE * grows ? "do not" : "grow " + Amounts.percent(ofLoad)));
    }
  }

  private static boolean rises(@Nullable Judgement judgement) {
    return judgement != null && judgement.rises();
  }

  /** Growth an hour as a share of the level, so that bytes and counts compare. */
  private static double shareAnHour(Judgement judgement) {
    double level = Math.abs(judgement.value());
    return level == 0 || Double.isNaN(judgement.growthPerSecond())
        ? 0
        : judgement.growthPerSecond() * 3600 / level;
  }
}
