package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judgement;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.health.Restart;
import dev.tidemark.exporter.health.RestartLedger;
import dev.tidemark.exporter.health.Vitals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts restarts and kills by workload, whatever its pods are called. A function of the chunks
 * applied, like all a fleet knows. For the evaluation thread only.
 */
final class Restarts {
  /** A workload that had no target for so long is forgotten with its counts. */
  private static final long FORGOTTEN_AFTER_MILLIS = 24 * 3_600_000L;

  /** One container of a workload. */
  record Id(WorkloadState.Id workload, String container) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      int byWorkload = workload.compareTo(other.workload);
      return byWorkload != 0 ? byWorkload : container.compareTo(other.container);
    }
  }

  /** The counts of one, while they are not forgotten. */
  static final class Book {
    private final WorkloadState.Id of;
    private final RestartLedger ledger;
    private long touched;
    private boolean forgotten;

    private Book(WorkloadState.Id of, RestartLedger ledger, long touched) {
      this.of = of;
      this.ledger = ledger;
      this.touched = touched;
    }
  }

  private final Map<Id, Book> books = new HashMap<>();

  /** A process start was told of a target; before the samples of the slot. */
  void started(TargetState target, long startMillis, long slot) {
    long lived = target.health.watch.started(startMillis);
    if (lived < 0) {
      return;
    }
    Restart restart =
        new Restart(startMillis, target.name, Restart.Why.UNKNOWN, lived, lastStates(target));
    target.health.watch.restarted(restart, book(target, slot).ledger);
    target.health.memory.restarted();
  }

  private static List<Restart.LastState> lastStates(TargetState target) {
    List<Restart.LastState> states = new ArrayList<>();
    for (@Nullable SeriesState state : target.series) {
      if (state != null && state.last != null) {
        Judgement last = state.last;
        states.add(
            new Restart.LastState(
                state.signal.id(),
                last.value(),
                state.limit,
                last.leakState(),
                last.growthPerSecond(),
                last.reason(FleetShape.measure(state.signal))));
      }
    }
    return states;
  }

  /**
   * Looks at the facts of all targets, and at nothing that is judged.
   *
   * @param killed hears of targets that were killed for memory, and how long they had lived
   */
  void look(
      long slot,
      Iterable<TargetState> targets,
      Function<TargetState, Vitals> facts,
      ObjLongConsumer<TargetState> killed) {
    for (TargetState target : targets) {
      Book book = book(target, slot);
      for (Restart each :
          target.health.watch.look(slot, target.name, facts.apply(target), book.ledger)) {
        killed.accept(target, each.livedMillis());
      }
    }
  }

  void sweep(long slot) {
    for (Book book : books.values()) {
      book.forgotten = slot - book.touched >= FORGOTTEN_AFTER_MILLIS;
    }
    books.values().removeIf(book -> book.forgotten);
  }

  private Book book(TargetState target, long slot) {
    Book book = target.book;
    if (book == null || book.forgotten || !book.of.equals(target.workload.id)) {
      Id id = new Id(target.workload.id, target.container);
      book = books.computeIfAbsent(id, i -> new Book(i.workload(), new RestartLedger(), slot));
      target.book = book;
    }
    book.touched = Math.max(book.touched, slot);
    return book;
  }

  /** One entry a workload, in their order. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    books.forEach((id, book) -> entries.add(new Entry(id, book.ledger, book.touched)));
    entries.sort(Comparator.comparing(Entry::id));
    return entries;
  }

  void restore(Entry entry) {
    books.put(entry.id(), new Book(entry.id().workload(), entry.ledger(), entry.touched()));
  }

  /** A workload's counts, as they are written. */
  record Entry(Id id, RestartLedger ledger, long touched) {
    void write(BlockOutput out) throws IOException {
      id.workload().write(out);
      out.writeUTF(id.container());
      out.writeLong(touched);
      ledger.encode(out);
    }

    static Entry read(BlockInput in) throws IOException {
      Id id = new Id(WorkloadState.Id.read(in), in.readUTF());
      long touched = in.readLong();
      return new Entry(id, RestartLedger.decode(in), touched);
    }
  }
}
