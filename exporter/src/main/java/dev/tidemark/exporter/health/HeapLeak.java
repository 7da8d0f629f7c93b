package dev.tidemark.exporter.health;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.Measure;

/** Live heap grows like a leak; says how it is known. */
final class HeapLeak implements Rule {
  @Override
  public TroubleClass trouble() {
    return TroubleClass.HEAP_LEAK;
  }

  @Override
  public boolean hasToLast() {
    return false;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    Judgement live = vitals.judged(Ids.HEAP_LIVE);
    Judgement heap = live == null ? vitals.judged(Ids.HEAP_INUSE) : live;
    if (heap == null) {
      return Finding.unknown(
          trouble(), "neither " + Ids.HEAP_LIVE + " nor " + Ids.HEAP_INUSE + " is judged");
    }
    if (heap.leakState() == LeakState.CONFIRMED) {
      String how = live == null ? "heap in use" : source(vitals.value(Ids.HEAP_SOURCE));
      return Finding.yes(trouble(), how + ": " + heap.reason(Measure.BYTES));
    }
    return Finding.no(trouble(), "the heap does not grow like a leak");
  }

  /** Where the number comes from; the codes are those of facts.yaml. */
  static String source(double code) {
    return switch (Double.isNaN(code) ? 0 : (int) code) {
      case 1 -> "live heap, counted by the runtime";
      case 2 -> "live heap, estimated from the next goal and GOGC";
      case 3 -> "live heap, estimated from the next goal with GOGC taken as 100";
      case 4 -> "live heap, taken to be all allocated objects";
      default -> "live heap";
    };
  }
}
