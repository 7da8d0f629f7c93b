package dev.tidemark.exporter.health;

import dev.tidemark.exporter.source.Lookup;
import dev.tidemark.signals.fact.Fact;
import dev.tidemark.signals.fact.Facts;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import java.util.ArrayList;
import java.util.List;

/** What has to be asked so that the rules can decide. */
public final class Lookups {
  private Lookups() {}

  /**
   * Every fact, and the signals that the rules read and nobody judges. Signals that the catalogue
   * does not have are left out; what they would decide stays unknown.
   */
  public static List<Lookup> of(List<Signal> judged, Catalogue catalogue) {
    List<Lookup> lookups = new ArrayList<>();
    List<String> series = judged.stream().map(Signal::id).toList();
    for (String id : Ids.SIGNALS) {
      if (!series.contains(id)) {
        catalogue
            .find(id)
            .ifPresent(s -> lookups.add(new Lookup(id, s.expr(), Fact.Merge.MAX, false)));
      }
    }
    for (Fact fact : Facts.load().all()) {
      boolean whole = Ids.COUNTS.contains(fact.id());
      lookups.add(new Lookup(fact.id(), fact.expr(), fact.merge(), whole));
    }
    return lookups;
  }
}
