package dev.tidemark.exporter.health;

/** Decides on one class of trouble; a pure function. */
interface Rule {
  TroubleClass trouble();

  /**
   * Whether it has to be seen several looks in a row: what is measured at a moment does, what a
   * leak state says does not, for it has waited already.
   */
  boolean hasToLast();

  Finding of(Vitals vitals, HealthConfig config);
}
