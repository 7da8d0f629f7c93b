package dev.tidemark.exporter;

import dev.tidemark.exporter.checkpoint.Shelf;
import dev.tidemark.exporter.checkpoint.StateReader;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.source.Grid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a state is put on the shelf: at the first slot of each hour, once when the history
 * is learnt, and at the end. For one thread at a time.
 */
final class Sealing {
  /** Hours that go by faster than they are lived are sealed no more often than this. */
  private static final Duration PACE = Duration.ofMinutes(5);

  private static final Duration HOUR = Duration.ofHours(1);

  /** So many hours make a history, however short it is. */
  private static final int HOURS = 24;

  private final @Nullable Shelf shelf;
  private final Grid grid;
  private final InstantSource clock;
  private final long hour;
  private Instant lastTried;
  private long lastSlot;

  /** What should be on the shelf is not. */
  private boolean owed;

  /**
   * @param shelf null where nothing is kept
   */
  Sealing(@Nullable Shelf shelf, Grid grid, InstantSource clock) {
    this.shelf = shelf;
    this.grid = grid;
    this.clock = clock;
    this.hour = hour(grid).toMillis();
    this.lastTried = clock.instant();
  }

  /** An hour, or less where the whole history is short. */
  static Duration hour(Grid grid) {
    Duration part = grid.history().dividedBy(HOURS);
    Duration hour = part.compareTo(HOUR) < 0 ? part : HOUR;
    return hour.compareTo(grid.interval()) < 0 ? grid.interval() : hour;
  }

  <P> Optional<Fleet> newest(StateReader<P, Fleet> reader) {
    if (shelf == null) {
      return Optional.empty();
    }
    Optional<Fleet> read = shelf.open(reader);
    read.ifPresent(fleet -> lastSlot = fleet.lastSlot());
    lastTried = clock.instant();
    return read;
  }

  /** Whether an hour begins with a slot, or one that could not be sealed is to be tried again. */
  boolean wants(long slot) {
    boolean begins = Math.floorDiv(slot, hour) != Math.floorDiv(slot - grid.step(), hour);
    return shelf != null && (begins || (owed && isPaced()));
  }

  private boolean isPaced() {
    return !clock.instant().isBefore(lastTried.plus(PACE));
  }

  /** Seals where an hour begins with this slot, which was just judged, or where one is owed. */
  void judged(long slot, Fleet fleet) {
    if (!wants(slot)) {
      return;
    }
    boolean present = grid.due(clock.instant()) - slot < hour;
    if (present || isPaced()) {
      seal(slot, fleet);
    }
  }

  /** Seals what was learnt until the present, where it is far more than what was sealed. */
  void live(Fleet fleet) {
    if (fleet.lastSlot() - lastSlot > hour) {
      seal(fleet.lastSlot(), fleet);
    }
  }

  /** Seals what was learnt since it was sealed last, before nobody learns any more. */
  void end(Fleet fleet) {
    if (fleet.lastSlot() > lastSlot || owed) {
      seal(fleet.lastSlot(), fleet);
    }
  }

  private void seal(long slot, Fleet fleet) {
    if (shelf == null || fleet.isEmpty()) {
      return;
    }
    lastSlot = slot; // also where it fails: it is tried again in minutes, not at once
    lastTried = clock.instant();
    owed = !shelf.seal(slot, fleet.blocks());
  }
}
