package dev.tidemark.exporter.source;

import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one chunk of what the replicas of a Prometheus tell about the same slots. Each scrapes at
 * times of its own, so where both have a sample the first one's counts: the larger of both would
 * lift the level of whatever two scrape.
 */
final class ChunkMerge {
  private ChunkMerge() {}

  /**
   * @param chunks at least one, of the same slots, in the order of precedence
   */
  static Chunk of(List<Chunk> chunks) {
    Chunk first = chunks.get(0);
    if (chunks.size() == 1) {
      return first;
    }
    return new Chunk(
        first.first(),
        first.slots(),
        first.step(),
        samples(chunks),
        events(chunks.stream().map(Chunk::came).toList()),
        events(chunks.stream().map(Chunk::processStarts).toList()),
        events(chunks.stream().map(Chunk::containerStarts).toList()),
        limits(chunks),
        chunks.stream().flatMap(chunk -> chunk.owners().stream()).distinct().toList(),
        refused(chunks),
        chunks.stream().map(Chunk::rejected).reduce(Chunk.Rejected.NONE, Chunk.Rejected::plus));
  }

  private static Map<Signal, Map<TargetKey, Column>> samples(List<Chunk> chunks) {
    Map<Signal, Map<TargetKey, Column>> merged = new LinkedHashMap<>();
    for (Chunk chunk : chunks) {
      chunk
          .samples()
          .forEach(
              (signal, columns) -> {
                Map<TargetKey, Column> known = merged.get(signal);
                if (known == null) {
                  merged.put(signal, new HashMap<>(columns));
                } else {
                  columns.forEach((key, column) -> known.merge(key, column, Column::or));
                }
              });
    }
    return merged;
  }

  /**
   * The newest start of a process counts, in its slot and in those after it: who tells of an older
   * one then has not scraped the target since.
   */
  private static List<Event> events(List<List<Event>> lists) {
    Map<List<Object>, Event> merged = new LinkedHashMap<>();
    for (List<Event> events : lists) {
      for (Event event : events) {
        merged.merge(
            List.of(event.slot(), who(event)), event, (a, b) -> b.value() > a.value() ? b : a);
      }
    }
    List<Event> all = new ArrayList<>(merged.values());
    all.sort(Comparator.comparingLong(Event::slot));
    Map<Object, Double> newest = new HashMap<>();
    all.removeIf(event -> newest.merge(who(event), event.value(), Math::max) > event.value());
    return all;
  }

  private static Object who(Event event) {
    return TargetKey.of(event.labels()).<Object>map(k -> k).orElse(event.labels());
  }

  private static List<LimitTable> limits(List<Chunk> chunks) {
    Map<List<Object>, LimitTable> merged = new LinkedHashMap<>();
    long from = told(chunks);
    for (Chunk chunk : chunks) {
      for (LimitTable table : chunk.limits()) {
        if (table.slot() < from) {
          continue;
        }
        merged.merge(List.of(table.slot(), table.of()), table, LimitTable::and);
      }
    }
    List<LimitTable> all = new ArrayList<>(merged.values());
    all.sort(Comparator.comparingLong(LimitTable::slot));
    return all;
  }

  /**
   * From when on tables count. A replica that was left out tells what was due before; it may have
   * been down then and know of nothing, and must not take away what others have told already.
   */
  private static long told(List<Chunk> chunks) {
    return chunks.stream()
        .mapToLong(
            chunk ->
                chunk.limits().stream()
                    .mapToLong(LimitTable::slot)
                    .reduce(chunk.first(), Math::min))
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** What one of them answers is known. */
  private static Map<String, String> refused(List<Chunk> chunks) {
    Map<String, String> refused = new LinkedHashMap<>(chunks.get(0).refused());
    chunks.forEach(chunk -> refused.keySet().retainAll(chunk.refused().keySet()));
    return refused;
  }
}
