package dev.tidemark.exporter.health;

/** The pod's other containers take most of its CPU while this one waits for some. */
final class SidecarContention implements Rule {
  @Override
  public TroubleClass trouble() {
    return TroubleClass.SIDECAR_CONTENTION;
  }

  @Override
  public boolean hasToLast() {
    return true;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    double share = vitals.value(Ids.SIDECAR_SHARE);
    if (Double.isNaN(share)) {
      return Finding.unknown(trouble(), "the CPU of the pod's other containers");
    }
    String taken = "the pod's other containers take " + Amounts.percent(share) + " of its CPU";
    if (share < config.sidecarShare()) {
      return Finding.no(trouble(), taken);
    }
    double throttled = vitals.value(Ids.THROTTLED);
    double latency = vitals.value(Ids.SCHED_LATENCY);
    if (throttled >= config.throttled()) {
      return Finding.yes(
          trouble(), taken + ", this one is throttled in " + Amounts.percent(throttled));
    }
    if (latency >= config.schedLatency().toNanos() / 1e9) {
      return Finding.yes(
          trouble(), taken + ", goroutines here wait " + Amounts.seconds(latency) + " for one");
    }
    if (Double.isNaN(throttled) && Double.isNaN(latency)) {
      return Finding.unknown(trouble(), taken + "; whether this one waits");
    }
    return Finding.no(trouble(), taken + ", this one does not wait");
  }
}
