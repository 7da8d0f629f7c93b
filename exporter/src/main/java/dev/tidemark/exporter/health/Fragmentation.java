package dev.tidemark.exporter.health;

/**
 * Spans in use that are mostly holes, and stay so: objects fill some of them up to the next goal of
 * the collector, so what they will fill is not counted.
 */
final class Fragmentation implements Rule {
  @Override
  public TroubleClass trouble() {
    return TroubleClass.FRAGMENTATION;
  }

  @Override
  public boolean hasToLast() {
    return true;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    if (!vitals.knows(Ids.HEAP_INUSE, Ids.HEAP_ALLOC)) {
      return Finding.unknown(trouble(), Ids.HEAP_INUSE + " and what is allocated in it");
    }
    double spans = vitals.value(Ids.HEAP_INUSE);
    double goal = vitals.value(Ids.GC_GOAL);
    double filled = Math.max(vitals.value(Ids.HEAP_ALLOC), Double.isNaN(goal) ? 0 : goal);
    double holes = Math.max(0, spans - filled);
    double share = spans > 0 ? holes / spans : 0;
    if (holes >= config.smallest().bytes() && share >= config.fragmentedShare()) {
      return Finding.yes(
          trouble(),
          "%s of the %s of spans in use are holes, %s"
              .formatted(Amounts.bytes(holes), Amounts.bytes(spans), Amounts.percent(share)));
    }
    return Finding.no(trouble(), Amounts.percent(share) + " of the spans in use are holes");
  }
}
