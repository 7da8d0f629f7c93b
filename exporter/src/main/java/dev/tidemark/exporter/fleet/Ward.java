package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.health.Checkup;
import dev.tidemark.exporter.health.Finding;
import dev.tidemark.exporter.health.HealthConfig;
import dev.tidemark.exporter.health.HealthScore;
import dev.tidemark.exporter.health.Vitals;
import dev.tidemark.exporter.source.LimitTable;
import dev.tidemark.exporter.source.Lookup;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the targets: keeps the facts of each, has the rules look at them, and has restarts
 * counted. Restarts and peaks are a function of the chunks applied, like all a fleet knows; what is
 * measured now and then is not, for of the past only the end is asked. For the evaluation thread
 * only, but for a {@link Watch}.
 */
final class Ward {
  private static final String GOROUTINES = "goroutines";
  private static final List<String> PROCESS_MEMORY = List.of("working_set", "rss");
  private static final String CONTAINER = "container";

  /** What is remembered of the samples of a signal; touches nothing but the target. */
  interface Watch {
    void sampled(TargetState target, long slot, double value);
  }

  private final FleetShape shape;
  private final @Nullable Checkup checkup;
  private final Map<String, Integer> series = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Integer> byName = new HashMap<>();
  private final List<Lookup> lookups;

  /** The facts that somebody may have. */
  private final BitSet known = new BitSet();

  private final Restarts restarts = new Restarts();
  private boolean countsTold;
  private boolean measured;

  Ward(FleetShape shape) {
    this.shape = shape;
    this.checkup = shape.care().health().map(Checkup::new).orElse(null);
    this.lookups = shape.care().lookups();
    for (int i = 0; i < shape.signals().size(); i++) {
      series.put(shape.signals().get(i).id(), i);
    }
    for (int i = 0; i < lookups.size(); i++) {
      places.put(lookups.get(i).id(), i);
      byName.put(lookups.get(i).name(), i);
    }
  }

  Restarts restarts() {
    return restarts;
  }

  /** Whether what is judged has to be looked at with a table. */
  boolean isMeasured(LimitTable table) {
    Integer place = byName.get(table.of());
    return place != null && !lookups.get(place).wholeHistory();
  }

  /** Takes in a table, where it is one of a fact. */
  void factsAre(LimitTable table, Census census) {
    Integer place = byName.get(table.of());
    if (place == null) {
      return;
    }
    if (known.get(place)) {
      census.targets().forEach(target -> target.health.forget(place));
    }
    known.set(place, !table.limits().isEmpty());
    Map<TargetKey, Double> ofPods = new HashMap<>();
    table
        .limits()
        .forEach(
            (key, value) -> {
              TargetState target = census.find(key);
              if (target != null) {
                target.health.put(place, lookups.size(), value);
              } else if (key.isPod()) {
                ofPods.put(key, value);
              }
            });
    if (!ofPods.isEmpty()) {
      for (TargetState target : census.targets()) {
        Double value = ofPods.get(target.key.pod());
        if (value != null) {
          target.health.put(place, lookups.size(), value);
        }
      }
    }
    if (isMeasured(table)) {
      measured = true;
    } else {
      countsTold = true;
    }
  }

  /** What is remembered of the samples of a signal. */
  Watch watch(Signal signal) {
    Checkup rules = checkup;
    if (rules != null && signal.id().equals(GOROUTINES)) {
      return (target, slot, value) -> target.health.memory.goroutines(value);
    }
    if (rules != null && PROCESS_MEMORY.contains(signal.id())) {
      return (target, slot, value) -> {
        if (target.startMillis() != 0 && rules.isStarting(slot - target.startMillis())) {
          target.health.memory.starts(value);
        }
      };
    }
    return (target, slot, value) -> {};
  }

  /**
   * When all facts of a slot were taken in; does nothing where none counts. What is judged does not
   * matter to it, nor it to what is judged.
   */
  void lookAtCounts(long slot, Census census) {
    if (countsTold) {
      restarts.look(
          slot,
          census.targets(),
          target -> TargetHealth.vitals(target, Map.of(), places, fresh(slot)),
          (target, lived) -> {
            if (checkup != null && checkup.isStarting(lived)) {
              target.health.memory.diedInStartup();
            }
          });
      if (checkup != null) {
        for (TargetState target : census.targets()) {
          checkup.collections(slot, TargetHealth.vitals(target, Map.of(), places, fresh(slot)));
        }
      }
    }
    countsTold = false;
  }

  /** Whether something was measured, so that {@link #look} must see the slot judged. */
  boolean mustLook() {
    return measured && checkup != null;
  }

  /** After all of a slot was judged; does nothing where nothing was measured. */
  void look(long slot, Census census) {
    if (measured && checkup != null) {
      for (TargetState target : census.targets()) {
        checkup.look(slot, vitals(target, slot));
      }
    }
    measured = false;
  }

  /** All that is known of a target at a slot. */
  Vitals vitals(TargetState target, long slot) {
    return TargetHealth.vitals(target, series, places, fresh(slot));
  }

  private TargetHealth.Slot fresh(long slot) {
    return new TargetHealth.Slot(slot, slot - shape.withdrawAfter().toMillis());
  }

  /** Targets with a series, and all workloads. */
  HealthView view(Census census, long slot) {
    HealthConfig config = shape.care().health().orElse(null);
    if (checkup == null || config == null) {
      return HealthView.NONE;
    }
    List<TargetView> targets = new ArrayList<>();
    List<Finding> findings = List.of();
    HealthScore score = new HealthScore(Double.NaN, Map.of());
    for (TargetState target : census.targets()) {
      long newest = target.newestSample();
      if (newest > 0) {
        Vitals vitals = vitals(target, slot);
        findings = same(checkup.findings(vitals), findings);
        score = same(HealthScore.of(vitals), score);
        targets.add(
            new TargetView(
                target.name,
                target.shown,
                findings,
                score,
                target.health.memory.account(),
                newest + shape.withdrawAfter().toMillis()));
      }
    }
    List<WorkloadView> workloads = new ArrayList<>();
    for (Restarts.Entry entry : restarts.entries()) {
      workloads.add(
          new WorkloadView(
              labels(entry.id()),
              entry.ledger().restarts(),
              entry.ledger().oomKills(),
              entry.ledger().recent()));
    }
    return new HealthView(targets, workloads);
  }

  /** Most targets are well, and alike in that: what is equal is held once. */
  private static <T> T same(T found, T before) {
    return found.equals(before) ? before : found;
  }

  private Map<String, String> labels(Restarts.Id id) {
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
}
