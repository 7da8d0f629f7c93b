package dev.tidemark.exporter.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of all series at one moment; never changes.
 *
 * @param slot the last slot that was judged, epoch milliseconds; 0 before the first
 * @param madeAt when it was made
 * @param shape which quantiles the series hold
 * @param series ordered by target, then as the signals are configured
 * @param workloads how many have a history
 * @param health how the targets are
 */
public record Snapshot(
    long slot,
    Instant madeAt,
    SnapshotShape shape,
    List<SeriesView> series,
    int workloads,
    HealthView health) {
  public static final Snapshot NONE =
      new Snapshot(0, Instant.EPOCH, SnapshotShape.NO_QUANTILES, List.of(), 0);

  public Snapshot {
    series = List.copyOf(series);
  }

  /** Levels and growth only. */
  public Snapshot(
      long slot, Instant madeAt, SnapshotShape shape, List<SeriesView> series, int workloads) {
    this(slot, madeAt, shape, series, workloads, HealthView.NONE);
  }

  /** Whether anything was judged yet. */
  public boolean isEmpty() {
    return slot == 0;
  }

  /** The view of a series; empty where it is not shown. */
  public Optional<SeriesView> find(String target, String signal) {
    int low = 0;
    int high = series.size();
    while (low < high) { // to the first of the target, for they are ordered by it
      int middle = (low + high) >>> 1;
      if (series.get(middle).target().compareTo(target) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return series.subList(low, series.size()).stream()
        .takeWhile(view -> view.target().equals(target))
        .filter(view -> view.signal().id().equals(signal))
        .findFirst();
  }

  /** All series of a target, as the signals are configured. */
  public List<SeriesView> of(String target) {
    return series.stream().filter(view -> view.target().equals(target)).toList();
  }
}
