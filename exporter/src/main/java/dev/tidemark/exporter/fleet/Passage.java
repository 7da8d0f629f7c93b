package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.LimitTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes one chunk through a fleet, in spans within which no workload matters to another: nothing is
 * told that changes what is judged, no series is new, none is freed, and nobody looks. So a
 * workload is judged through a span before the next one is, and the result is the same as slot by
 * slot.
 */
final class Passage {
  private final Chunk chunk;
  private final Fleet fleet;
  private final Onlooker onlooker;
  private final FactCursor facts;
  private final List<Lane> lanes = new ArrayList<>();
  private Muster muster;
  private boolean frees;
  private boolean wanted;

  Passage(Chunk chunk, Fleet fleet, Onlooker onlooker) {
    this.chunk = chunk;
    this.fleet = fleet;
    this.onlooker = onlooker;
    this.facts = new FactCursor(chunk);
    for (int s = 0; s < fleet.shape.signals().size(); s++) {
      lanes.addAll(
          Lane.of(
              s,
              chunk.samples().getOrDefault(fleet.shape.signals().get(s), Map.of()),
              chunk.slots()));
    }
    this.muster = new Muster(lanes, fleet);
  }

  void run() {
    int from = 0;
    while (from < chunk.slots()) {
      tell(slot(from));
      muster.admit(from, slot(from));
      Span span = new Span(chunk, from, end(from));
      muster.judge(span);
      fleet.ward.look(span.last(), fleet.census);
      if (frees && fleet.census.sweep(span.last())) {
        muster = new Muster(lanes, fleet);
      }
      fleet.wasJudged(span.last());
      if (wanted) {
        onlooker.judged(span.last());
      }
      from = span.to();
    }
  }

  private long slot(int place) {
    return chunk.first() + place * chunk.step();
  }

  /** Before a slot is judged; what is told of restarts does not matter to what is judged. */
  private void tell(long slot) {
    facts.upTo(slot, fleet::told, fleet.census, fleet.ward.restarts());
    fleet.ward.lookAtCounts(slot, fleet.census);
  }

  private boolean matters(LimitTable table) {
    return fleet.limits.changes(table) || fleet.ward.isMeasured(table);
  }

  /** Where the span ends that begins at a place; everything in it has been told then. */
  private int end(int from) {
    int most = from + muster.mostSlots();
    int latest = Math.min(Math.min(most, chunk.slots()), muster.newcomer(from + 1));
    for (int next = from + 1; ; next++) {
      long slot = slot(next - 1);
      frees = fleet.sweeps(slot);
      wanted = onlooker.wants(slot);
      if (frees
          || wanted
          || fleet.ward.mustLook()
          || next == latest
          || facts.isDue(slot(next), this::matters)) {
        return next;
      }
      tell(slot(next));
    }
  }
}
