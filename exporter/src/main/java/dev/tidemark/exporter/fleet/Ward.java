package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.health.Checkup;
import dev.tidemark.exporter.health.HealthConfig;
import dev.tidemark.exporter.health.HealthScore;
import dev.tidemark.exporter.health.Restart;
import dev.tidemark.exporter.health.RestartLedger;
import dev.tidemark.exporter.health.Vitals;
import dev.tidemark.exporter.source.LimitTable;
import dev.tidemark.exporter.source.Lookup;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the targets: keeps the facts of each, has the rules look at them, and counts restarts
 * by workload. Restarts and peaks are a function of the chunks applied, like all a fleet knows;
 * what is measured now and then is not, for of the past only the end is asked. For the evaluation
 * thread only.
 */
final class Ward {
  /** A workload that had no target for so long is forgotten with its counts. */
  private static final long FORGOTTEN_AFTER_MILLIS = 24 * 3_600_000L;

  private static final String GOROUTINES = "goroutines";
  private static final List<String> PROCESS_MEMORY = List.of("working_set", "rss");
  private static final String CONTAINER = "container";

  /** One container of a workload. */
  record Id(WorkloadState.Id workload, String container) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      int byWorkload = workload.compareTo(other.workload);
      return byWorkload != 0 ? byWorkload : container.compareTo(other.container);
    }
  }

  private static final class Book {
    final RestartLedger ledger;
    long touched;

    Book(RestartLedger ledger, long touched) {
      this.ledger = ledger;
      this.touched = touched;
    }
  }

  private final FleetShape shape;
  private final @Nullable Checkup checkup;
  private final List<String> series;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Integer> byExpr = new HashMap<>();
  private final List<Lookup> lookups;
  private final SortedMap<Id, Book> books = new TreeMap<>();
  private boolean restartsTold;
  private boolean measured;

  Ward(FleetShape shape) {
    this.shape = shape;
    this.checkup = shape.care().health().map(Checkup::new).orElse(null);
    this.series = shape.signals().stream().map(Signal::id).toList();
    this.lookups = shape.care().lookups();
    for (int i = 0; i < lookups.size(); i++) {
      places.put(lookups.get(i).id(), i);
      byExpr.put(lookups.get(i).expr(), i);
    }
  }

  /** Takes in a table, where it is one of a fact. */
  void factsAre(LimitTable table, Census census) {
    Integer place = byExpr.get(table.expr());
    if (place == null) {
      return;
    }
    census.targets().forEach(target -> target.health.put(place, lookups.size(), Double.NaN));
    Map<TargetKey, Double> ofPods = new HashMap<>();
    table
        .limits()
        .forEach(
            (key, value) -> {
              TargetState target = census.find(key);
              if (target != null) {
                target.health.put(place, lookups.size(), value);
              } else if (key.labels().containsKey("pod") && !key.labels().containsKey(CONTAINER)) {
                ofPods.put(key, value);
              }
            });
    if (!ofPods.isEmpty()) {
      for (TargetState target : census.targets()) {
        Double value = ofPods.get(target.podKey());
        if (value != null) {
          target.health.put(place, lookups.size(), value);
        }
      }
    }
    if (lookups.get(place).wholeHistory()) {
      restartsTold = true;
    } else {
      measured = true;
    }
  }

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
                last.reason()));
      }
    }
    return states;
  }

  /** A sample was judged. */
  void sampled(TargetState target, Signal signal, long slot, double value) {
    if (checkup == null) {
      return;
    }
    if (signal.id().equals(GOROUTINES)) {
      target.health.memory.goroutines(value);
    } else if (PROCESS_MEMORY.contains(signal.id())
        && target.startMillis() != 0
        && checkup.isStarting(slot - target.startMillis())) {
      target.health.memory.starts(value);
    }
  }

  /** After all of a slot was judged; does nothing where no fact came with it. */
  void look(long slot, Census census) {
    if (restartsTold) {
      for (TargetState target : census.targets()) {
        Book book = book(target, slot);
        for (Restart killed :
            target.health.watch.look(slot, target.name, vitals(target, slot), book.ledger)) {
          if (checkup != null && checkup.isStarting(killed.livedMillis())) {
            target.health.memory.diedInStartup();
          }
        }
      }
    }
    if (measured && checkup != null) {
      for (TargetState target : census.targets()) {
        checkup.look(vitals(target, slot));
      }
    }
    restartsTold = false;
    measured = false;
  }

  void sweep(long slot) {
    books.values().removeIf(book -> slot - book.touched >= FORGOTTEN_AFTER_MILLIS);
  }

  private Book book(TargetState target, long slot) {
    Id id = new Id(target.workload.id, target.key.labels().getOrDefault(CONTAINER, ""));
    Book book = books.computeIfAbsent(id, i -> new Book(new RestartLedger(), slot));
    book.touched = Math.max(book.touched, slot);
    return book;
  }

  /** All that is known of a target at a slot. */
  Vitals vitals(TargetState target, long slot) {
    return TargetHealth.vitals(
        target,
        series,
        places,
        new TargetHealth.Slot(slot, slot - shape.withdrawAfter().toMillis()));
  }

  /** Targets with a series, and all workloads. */
  HealthView view(Census census, long slot) {
    HealthConfig config = shape.care().health().orElse(null);
    if (checkup == null || config == null) {
      return HealthView.NONE;
    }
    List<TargetView> targets = new ArrayList<>();
    for (TargetState target : census.targets()) {
      long newest = target.newestSample();
      if (newest > 0) {
        Vitals vitals = vitals(target, slot);
        targets.add(
            new TargetView(
                target.name,
                target.shown,
                checkup.findings(vitals),
                HealthScore.of(vitals),
                newest + shape.withdrawAfter().toMillis()));
      }
    }
    List<WorkloadView> workloads = new ArrayList<>();
    books.forEach(
        (id, book) ->
            workloads.add(
                new WorkloadView(
                    labels(id),
                    book.ledger.restarts(),
                    book.ledger.oomKills(),
                    book.ledger.recent())));
    return new HealthView(targets, workloads);
  }

  private Map<String, String> labels(Id id) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("cluster", id.workload().cluster());
    labels.put("namespace", id.workload().namespace());
    labels.put(MetricNames.LABEL_WORKLOAD, id.workload().name());
    labels.put(CONTAINER, id.container());
    labels.values().removeIf(String::isEmpty);
    labels.keySet().removeAll(shape.dropLabels());
    return labels;
  }

  /** Whether any signal of any member leaks: its forecasts must scale nothing. */
  static boolean leaks(TargetState target) {
    for (@Nullable SeriesState state : target.series) {
      if (state != null && state.last != null && state.last.leakState() != LeakState.NONE) {
        return true;
      }
    }
    return false;
  }

  /** One entry a workload. */
  List<BookEntry> entries() {
    List<BookEntry> entries = new ArrayList<>();
    books.forEach((id, book) -> entries.add(new BookEntry(id, book.ledger, book.touched)));
    return entries;
  }

  void restore(BookEntry entry) {
    books.put(entry.id(), new Book(entry.ledger(), entry.touched()));
  }

  /** A workload's counts, as they are written. */
  record BookEntry(Id id, RestartLedger ledger, long touched) {
    void write(BlockOutput out) throws IOException {
      id.workload().write(out);
      out.writeUTF(id.container());
      out.writeLong(touched);
      ledger.encode(out);
    }

    static BookEntry read(BlockInput in) throws IOException {
      Id id = new Id(WorkloadState.Id.read(in), in.readUTF());
      long touched = in.readLong();
      return new BookEntry(id, RestartLedger.decode(in), touched);
    }
  }
}
