package dev.tidemark.exporter.health;

/** What the runtime keeps after a peak: its own metadata, or heap it has not returned. */
final class RuntimeOverhead implements Rule {
  /** After a peak is when so much less runs than did. */
  private static final double AFTER_PEAK = 0.5;

  @Override
  public TroubleClass trouble() {
    return TroubleClass.RUNTIME_OVERHEAD;
  }

  @Override
  public boolean hasToLast() {
    return true;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    boolean metadata = vitals.knows(Ids.OVERHEAD, Ids.GO_HELD);
    boolean heap = vitals.knows(Ids.HEAP_IDLE, Ids.HEAP_SYS);
    if (!metadata && !heap) {
      return Finding.unknown(trouble(), "Go's own account of its memory");
    }
    double held = vitals.value(Ids.OVERHEAD);
    double go = vitals.value(Ids.GO_HELD);
    double peak = vitals.memory().mostGoroutines();
    double now = vitals.value(Ids.GOROUTINES);
    if (metadata
        && held >= config.smallest().bytes()
        && held >= config.overheadShare() * go
        && !(now > AFTER_PEAK * peak)) {
      return Finding.yes(
          trouble(),
          "the runtime keeps %s for itself, %s of what Go holds; it is never given back%s"
              .formatted(
                  Amounts.bytes(held),
                  Amounts.percent(held / go),
                  peak > 0
                      ? " (there were "
                          + Amounts.count(peak)
                          + " goroutines, now "
                          + Amounts.count(now)
                          + ")"
                      : ""));
    }
    double idle = vitals.value(Ids.HEAP_IDLE);
    double size = vitals.value(Ids.HEAP_SYS) - orZero(vitals.value(Ids.HEAP_RELEASED));
    if (heap && idle >= config.smallest().bytes() && idle >= config.idleShare() * size) {
      return Finding.yes(
          trouble(),
          "%s of the heap hold nothing and were not returned, %s of it"
              .formatted(Amounts.bytes(idle), Amounts.percent(idle / size)));
    }
    return Finding.no(trouble(), "the runtime keeps little that it does not use");
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }
}
