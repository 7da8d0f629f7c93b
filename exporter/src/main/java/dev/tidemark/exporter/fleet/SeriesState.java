package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.Judgement;
import dev.tidemark.signals.signal.Signal;
import org.jspecify.annotations.Nullable;

/** One signal of one target: its judge and what it said last. */
final class SeriesState {
  final Signal signal;
  final int place;
  final Judge judge;
  double limit = Double.NaN;
  long lastSlot;
  @Nullable Judgement last;

  SeriesState(Signal signal, int place, Judge judge, long slot) {
    this.signal = signal;
    this.place = place;
    this.judge = judge;
    this.lastSlot = slot;
  }
}
