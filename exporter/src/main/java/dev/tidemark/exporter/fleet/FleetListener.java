package dev.tidemark.exporter.fleet;

/** Hears of what was turned away; called on the evaluation thread of each source. */
public interface FleetListener {
  void seriesRefused(Refusal reason);

  void sampleIgnored();
}
