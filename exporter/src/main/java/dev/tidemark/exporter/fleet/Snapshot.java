package dev.tidemark.exporter.fleet;

import java.time.Instant;
import java.util.List;

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
}
