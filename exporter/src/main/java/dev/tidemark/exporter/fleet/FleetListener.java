package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judgement;
import dev.tidemark.signals.signal.Signal;
import java.util.Map;

/** Hears of what was turned away; called on the evaluation thread of each source. */
public interface FleetListener {
  void seriesRefused(Refusal reason);

  void sampleIgnored();

  /**
   * A sample was judged.
   *
   * @param target the labels it is shown with
   */
  default void judged(Map<String, String> target, Signal signal, Judgement judgement) {}
}
