package dev.tidemark.exporter.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Raw samples by metric name, as a Prometheus has scraped them. */
public final class Recording {
  /** One series; times are epoch milliseconds. */
  public record Raw(Map<String, String> labels, TreeMap<Long, Double> samples) {
    /** The last sample in (at − window, at]. */
    @Nullable Double last(long at, long window) {
      Map.Entry<Long, Double> entry = samples.floorEntry(at);
      return entry == null || entry.getKey() <= at - window ? null : entry.getValue();
    }

    double count(long at, long window) {
      return samples.subMap(at - window, false, at, true).size();
    }
  }

  private final Map<String, List<Raw>> byName = new HashMap<>();

  /** The series with these labels, made where it is missing. */
  public synchronized Raw series(String name, Map<String, String> labels) {
    List<Raw> all = byName.computeIfAbsent(name, n -> new ArrayList<>());
    for (Raw raw : all) {
      if (raw.labels().equals(labels)) {
        return raw;
      }
    }
    Raw made = new Raw(labels, new TreeMap<>());
    all.add(made);
    return made;
  }

  public synchronized void add(String name, Map<String, String> labels, long at, double value) {
    series(name, labels).samples().put(at, value);
  }

  /** The metrics with a sample in [from, to]. */
  synchronized Set<String> names(long from, long to) {
    return byName.entrySet().stream()
        .filter(
            e ->
                e.getValue().stream()
                    .anyMatch(raw -> !raw.samples().subMap(from, true, to, true).isEmpty()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  synchronized List<Raw> all(String name) {
    return List.copyOf(byName.getOrDefault(name, List.of()));
  }
}
