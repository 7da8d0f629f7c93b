package dev.tidemark.exporter.health;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.Measure;
import org.jspecify.annotations.Nullable;

/** Memory grows like a leak and it is not Go's heap nor stacks. */
final class OffHeapGrowth implements Rule {
  @Override
  public TroubleClass trouble() {
    return TroubleClass.OFF_HEAP_GROWTH;
  }

  @Override
  public boolean hasToLast() {
    return false;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    Judgement memory = stronger(vitals.judged(Ids.WORKING_SET), vitals.judged(Ids.RSS));
    if (memory == null) {
      return Finding.unknown(
          trouble(), "neither " + Ids.WORKING_SET + " nor " + Ids.RSS + " is judged");
    }
    if (memory.leakState() != LeakState.CONFIRMED) {
      return Finding.no(trouble(), "memory does not grow like a leak");
    }
    MemoryGap gap = MemoryGap.of(vitals);
    MemoryGap before = vitals.memory().firstGap();
    if (gap.isKnown() && before.isKnown()) {
      return byAccount(memory, gap.since(before), config);
    }
    if (vitals.leak(Ids.HEAP_LIVE) != LeakState.NONE
        || vitals.leak(Ids.HEAP_INUSE) != LeakState.NONE
        || vitals.leak(Ids.GOROUTINES) != LeakState.NONE) {
      return Finding.no(trouble(), "memory grows, and so does Go's own");
    }
    if (vitals.judged(Ids.HEAP_LIVE) == null && vitals.judged(Ids.HEAP_INUSE) == null) {
      return Finding.unknown(trouble(), "memory grows; whether the heap does is not judged");
    }
    return Finding.yes(
        trouble(),
        "memory grows while heap and goroutines do not: "
            + memory.reason(Measure.BYTES)
            + "; what grows is not known without the container's account");
  }

  private Finding byAccount(Judgement memory, MemoryGap grown, HealthConfig config) {
    double outside = grown.outsideGo();
    double cache = Double.isNaN(grown.cache()) ? 0 : Math.max(0, grown.cache());
    double all = grown.inGo() + outside + cache;
    if (outside > 0 && outside >= config.offHeapShare() * all) {
      return Finding.yes(trouble(), memory.reason(Measure.BYTES) + "; " + grown.inWords());
    }
    return Finding.no(trouble(), "memory grows, but not outside Go: " + grown.inWords());
  }

  private static @Nullable Judgement stronger(@Nullable Judgement one, @Nullable Judgement other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.leakState().code() > one.leakState().code() ? other : one;
  }
}
