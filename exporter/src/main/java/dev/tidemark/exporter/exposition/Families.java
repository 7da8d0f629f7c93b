package dev.tidemark.exporter.exposition;

import dev.tidemark.signals.signal.Signal;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The metrics of one scrape, in the order they were first added to. */
final class Families {
  private final Map<String, Family> byName = new LinkedHashMap<>();

  Family of(String name, String help) {
    return byName.computeIfAbsent(name, n -> new Family(n, help, false));
  }

  /** Its help is written only where it is new: that costs more than a sample. */
  Family of(String name, Signal signal, Function<Signal, String> help) {
    Family known = byName.get(name);
    return known != null ? known : of(name, help.apply(signal));
  }

  /**
   * One that only rises.
   *
   * @param name as it is scraped, with {@code _total}
   */
  Family counter(String name, String help) {
    return byName.computeIfAbsent(name, n -> new Family(n, help, true));
  }

  MetricSnapshots snapshots() {
    List<MetricSnapshot> all =
        byName.values().parallelStream() // each is checked and sorted by the library
            .filter(family -> !family.isEmpty())
            .map(Family::snapshot)
            .toList();
    return new MetricSnapshots(all);
  }
}
