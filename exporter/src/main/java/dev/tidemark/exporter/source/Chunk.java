package dev.tidemark.exporter.source;

import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a source told about some consecutive slots, complete or not made at all.
 *
 * @param first the first slot, epoch milliseconds
 * @param slots how many
 * @param step milliseconds a slot
 * @param samples by signal and target, in the order of the configuration
 * @param came targets that are judged from a slot on
 * @param processStarts epoch seconds
 * @param containerStarts epoch seconds; for targets whose process does not tell
 * @param limits in the order of time
 * @param owners rows of kube_pod_owner, as of the last slot
 * @param refused what brings nothing because the source refuses its expression ({@code signal x},
 *     {@code limit of x}), and its words
 * @param rejected samples that nobody can be judged by
 */
public record Chunk(
    long first,
    int slots,
    long step,
    Map<Signal, Map<TargetKey, Column>> samples,
    List<Event> came,
    List<Event> processStarts,
    List<Event> containerStarts,
    List<LimitTable> limits,
    List<Map<String, String>> owners,
    Map<String, String> refused,
    Rejected rejected) {
  /**
   * Samples of an answer that were not used, by reason.
   *
   * @param noTarget of rows whose labels name no target
   */
  public record Rejected(long notFinite, long offGrid, long noTarget) {
    static final Rejected NONE = new Rejected(0, 0, 0);

    Rejected plus(Rejected other) {
      return new Rejected(
          notFinite + other.notFinite, offGrid + other.offGrid, noTarget + other.noTarget);
    }
  }

  public Chunk {
    samples = new LinkedHashMap<>(samples);
    came = List.copyOf(came);
    processStarts = List.copyOf(processStarts);
    containerStarts = List.copyOf(containerStarts);
    limits = List.copyOf(limits);
    owners = List.copyOf(owners);
    refused = new LinkedHashMap<>(refused);
  }

  /** The last slot, epoch milliseconds. */
  public long last() {
    return first + (slots - 1) * step;
  }

  /** How many columns the fullest signal has; what the size of the next chunk is chosen by. */
  public int width() {
    return samples.values().stream().mapToInt(Map::size).max().orElse(0);
  }

  /** How many columns there are in all. */
  int series() {
    return samples.values().stream().mapToInt(Map::size).sum();
  }

  /** How many slots there are up to the last that holds a sample. */
  int sampledSlots() {
    int sampled = 0;
    for (Map<TargetKey, Column> columns : samples.values()) {
      for (Column column : columns.values()) {
        for (int i = slots - 1; i >= sampled; i--) {
          sampled = Double.isNaN(column.at(i)) ? sampled : i + 1;
        }
      }
    }
    return sampled;
  }

  /** Its first slots alone. */
  Chunk upTo(int count) {
    long end = first + (count - 1) * step;
    return new Chunk(
        first,
        count,
        step,
        samples,
        came.stream().filter(event -> event.slot() <= end).toList(),
        processStarts.stream().filter(event -> event.slot() <= end).toList(),
        containerStarts.stream().filter(event -> event.slot() <= end).toList(),
        limits.stream().filter(table -> table.slot() <= end).toList(),
        owners,
        refused,
        rejected);
  }

  /**
   * With one sample of a target before a moment in each {@code every}, its first; buckets that two
   * chunks share may have two.
   *
   * @param before epoch milliseconds
   * @param every milliseconds
   */
  public Chunk thinned(long before, long every) {
    if (first >= before || every <= step) {
      return this;
    }
    int places = (int) Math.min(slots, -Math.floorDiv(first - before, step));
    Map<Signal, Map<TargetKey, Column>> fewer = new LinkedHashMap<>();
    samples.forEach(
        (signal, columns) -> {
          Map<TargetKey, Column> thinned = new LinkedHashMap<>();
          columns.forEach(
              (target, column) ->
                  thinned.put(
                      target, column.thinned(places, i -> Math.floorDiv(first + i * step, every))));
          fewer.put(signal, thinned);
        });
    return new Chunk(
        first,
        slots,
        step,
        fewer,
        came,
        processStarts,
        containerStarts,
        limits,
        owners,
        refused,
        rejected);
  }

  /** How many samples there are in all. */
  long sampleCount() {
    return samples.values().stream()
        .flatMap(columns -> columns.values().stream())
        .mapToLong(Column::filled)
        .sum();
  }
}
