package dev.tidemark.exporter.health;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.Measure;

/** Goroutines grow like a leak. */
final class GoroutineLeak implements Rule {
  @Override
  public TroubleClass trouble() {
    return TroubleClass.GOROUTINE_LEAK;
  }

  @Override
  public boolean hasToLast() {
    return false;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    Judgement goroutines = vitals.judged(Ids.GOROUTINES);
    if (goroutines == null) {
      return Finding.unknown(trouble(), Ids.GOROUTINES + " is not judged");
    }
    if (goroutines.leakState() == LeakState.CONFIRMED) {
      return Finding.yes(trouble(), "goroutines: " + goroutines.reason(Measure.COUNT));
    }
    return Finding.no(trouble(), "goroutines do not grow like a leak");
  }
}
