package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.Event;
import dev.tidemark.exporter.source.LimitTable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Plays back what a chunk tells beside samples, each at its slot. */
final class FactCursor {
  private final Queue<LimitTable> tables;
  private final Queue<Event> came;
  private final Queue<Event> processes;
  private final Queue<Event> containers;

  FactCursor(Chunk chunk) {
    tables = new Queue<>(chunk.limits(), LimitTable::slot);
    came = new Queue<>(chunk.came(), Event::slot);
    processes = new Queue<>(chunk.processStarts(), Event::slot);
    containers = new Queue<>(chunk.containerStarts(), Event::slot);
  }

  /** Tells all that was not told yet, up to a slot. */
  void upTo(long slot, Consumer<LimitTable> onTable, Census census, Restarts restarts) {
    tables.upTo(slot, onTable);
    came.upTo(slot, census::came);
    processes.upTo(slot, event -> census.processStarted(event, restarts));
    containers.upTo(slot, event -> census.containerStarted(event, restarts));
  }

  /**
   * Whether anything that was not told yet, up to a slot, matters to what is judged.
   *
   * @param matters whether a table does; an event always does
   */
  boolean isDue(long slot, Predicate<LimitTable> matters) {
    return came.any(slot, e -> true)
        || processes.any(slot, e -> true)
        || containers.any(slot, e -> true)
        || tables.any(slot, matters);
  }

  private static final class Queue<T> {
    private final List<T> facts;
    private final ToLongFunction<T> slotOf;
    private int next;

    Queue(List<T> facts, ToLongFunction<T> slotOf) {
      this.facts = facts;
      this.slotOf = slotOf;
    }

    private boolean isDue(int place, long slot) {
      return place < facts.size() && slotOf.applyAsLong(facts.get(place)) <= slot;
    }

    boolean any(long slot, Predicate<T> test) {
      for (int i = next; isDue(i, slot); i++) {
        if (test.test(facts.get(i))) {
          return true;
        }
      }
      return false;
    }

    void upTo(long slot, Consumer<T> told) {
      while (isDue(next, slot)) {
        told.accept(facts.get(next++));
      }
    }
  }
}
