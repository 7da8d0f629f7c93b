package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.Event;
import dev.tidemark.exporter.source.LimitTable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays back what a chunk tells beside samples, each at its slot. */
final class FactCursor {
  private final Queue<LimitTable> limits;
  private final Queue<Event> came;
  private final Queue<Event> processes;
  private final Queue<Event> containers;

  FactCursor(Chunk chunk) {
    limits = new Queue<>(chunk.limits());
    came = new Queue<>(chunk.came());
    processes = new Queue<>(chunk.processStarts());
    containers = new Queue<>(chunk.containerStarts());
  }

  void upTo(long slot, Consumer<LimitTable> onLimits, Census census, Ward ward) {
    while (limits.head != null && limits.head.slot() <= slot) {
      onLimits.accept(limits.take());
    }
    while (came.head != null && came.head.slot() <= slot) {
      census.came(came.take());
    }
    while (processes.head != null && processes.head.slot() <= slot) {
      census.processStarted(processes.take(), ward);
    }
    while (containers.head != null && containers.head.slot() <= slot) {
      census.containerStarted(containers.take(), ward);
    }
  }

  private static final class Queue<T> {
    private final Iterator<T> rest;
    @Nullable T head;

    Queue(List<T> facts) {
      rest = facts.iterator();
      head = rest.hasNext() ? rest.next() : null;
    }

    T take() {
      T taken = head;
      if (taken == null) {
        throw new IllegalStateException("nothing is left");
      }
      head = rest.hasNext() ? rest.next() : null;
      return taken;
    }
  }
}
