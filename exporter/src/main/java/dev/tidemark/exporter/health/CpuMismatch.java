package dev.tidemark.exporter.health;

/** GOMAXPROCS does not fit the CPU limit, and it hurts; or the limit itself throttles. */
final class CpuMismatch implements Rule {
  /** Below so much of the limit CPUs lie idle that were asked for. */
  private static final double TOO_FEW = 0.5;

  @Override
  public TroubleClass trouble() {
    return TroubleClass.CPU_MISMATCH;
  }

  @Override
  public boolean hasToLast() {
    return true;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    if (!vitals.knows(Ids.GOMAXPROCS, Ids.CPU_LIMIT)) {
      return Finding.unknown(trouble(), "GOMAXPROCS or the CPU limit");
    }
    double procs = vitals.value(Ids.GOMAXPROCS);
    double limit = vitals.value(Ids.CPU_LIMIT);
    double throttled = vitals.value(Ids.THROTTLED);
    double latency = vitals.value(Ids.SCHED_LATENCY);
    String fit =
        "GOMAXPROCS is %s, the CPU limit %s".formatted(Amounts.count(procs), Amounts.count(limit));
    boolean tooMany = procs >= config.procs() * Math.ceil(limit);
    if (tooMany && throttled >= config.throttled()) {
      return Finding.yes(
          trouble(), fit + ", throttled in " + Amounts.percent(throttled) + " of the periods");
    }
    boolean tooFew = procs <= TOO_FEW * Math.floor(limit);
    if (tooFew && latency >= config.schedLatency().toNanos() / 1e9) {
      return Finding.yes(
          trouble(), fit + ", goroutines wait " + Amounts.seconds(latency) + " for a CPU");
    }
    if (tooMany && Double.isNaN(throttled)) {
      return Finding.unknown(trouble(), fit + "; whether it is throttled");
    }
    if (tooFew && Double.isNaN(latency)) {
      return Finding.unknown(trouble(), fit + "; how long goroutines wait for a CPU");
    }
    return Finding.no(trouble(), fit);
  }
}
