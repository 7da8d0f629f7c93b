package dev.tidemark.exporter.health;

import dev.tidemark.engine.growth.Numbers;

/** The start needs more than the limit leaves: it comes near the limit, or dies of it. */
final class StartupLimit implements Rule {
  /** A start that needs about what the service needs later is no matter of the start. */
  private static final double LATER_SHARE = 0.75;

  @Override
  public TroubleClass trouble() {
    return TroubleClass.LIMIT_TOO_LOW_FOR_STARTUP;
  }

  @Override
  public boolean hasToLast() {
    return false;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    int deaths = vitals.memory().deathsInStartup();
    double peak = vitals.memory().startupPeak();
    double limit = vitals.value(Ids.MEMORY_LIMIT);
    String collections = collections(vitals);
    if (deaths > 0) {
      return Finding.yes(
          trouble(),
          "killed for memory within %s of its start, %d times%s"
              .formatted(Numbers.time(config.startup().toMillis() / 1000.0), deaths, collections));
    }
    if (Double.isNaN(peak) || Double.isNaN(limit)) {
      return Finding.unknown(trouble(), "the peak of the start, or the memory limit");
    }
    double marked = vitals.value(Ids.STARTUP_PEAK);
    if (vitals.ageMillis() >= 0 && vitals.ageMillis() <= config.startup().toMillis()) {
      peak = Math.max(peak, Double.isNaN(marked) ? 0 : marked * limit);
    }
    double container = vitals.value(Ids.WORKING_SET);
    double now = Double.isNaN(container) ? vitals.value(Ids.RSS) : container;
    String share =
        "the start took %s, %s of the limit"
            .formatted(Amounts.bytes(peak), Amounts.percent(peak / limit));
    if (peak >= config.startupShare() * limit && !(now > LATER_SHARE * peak)) {
      return Finding.yes(trouble(), share + collections);
    }
    return Finding.no(trouble(), share);
  }

  private static String collections(Vitals vitals) {
    double rate = vitals.memory().startupCollections();
    return Double.isNaN(rate) ? "" : ", with " + Amounts.count(rate) + " collections a second";
  }
}
