package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.source.Event;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.signals.target.Workload;
import dev.tidemark.signals.target.WorkloadResolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, which workload they belong to, and who is one too many.
 *
 * <p>A target comes ({@link #came}), and is only listed. It counts as a member of its workload and
 * is shown from its first series on ({@link #admits}) until {@link #sweep} has freed its last one;
 * a day after its last sign it is forgotten. For the evaluation thread only.
 */
final class Census {
  /** A target that neither came again nor had a sample for so long is forgotten. */
  private static final long FORGOTTEN_AFTER_MILLIS = 24 * 3_600_000L;

  /** Refused series that are remembered, so that each is counted once. */
  private static final int REMEMBERED = 100_000;

  private final FleetShape shape;
  private final FleetListener listener;
  private final ShownLabels labels;

  /** All that came, as samples name them. */
  private final Map<TargetKey, TargetState> byKey = new HashMap<>();

  /** The same as people name them, in the order in which they are judged and shown. */
  private final Map<String, TargetState> byName = new TreeMap<>();

  /** Those that have a series, by the labels of its metrics: no two may have the same. */
  private final Map<Map<String, String>, TargetState> byShown = new HashMap<>();

  private final Map<WorkloadState.Id, WorkloadState> workloads = new TreeMap<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private WorkloadResolver resolver = WorkloadResolver.byNames();
  private int series;
  private int edition;

  /** A sweep before this would find nothing; everybody's last sign only moves on from there. */
  private long nextSweep = Long.MIN_VALUE;

  Census(FleetShape shape, FleetListener listener) {
    this.shape = shape;
    this.listener = listener;
    this.labels = new ShownLabels(shape.addLabels(), shape.dropLabels());
  }

  @Nullable TargetState find(TargetKey key) {
    return byKey.get(key);
  }

  /** Changes whenever a target comes or is forgotten. */
  int edition() {
    return edition;
  }

  Collection<TargetState> targets() {
    return byName.values();
  }

  /** Null where no target is called so. */
  @Nullable TargetState named(String name) {
    return byName.get(name);
  }

  int seriesCount() {
    return series;
  }

  int workloadCount() {
    return workloads.size();
  }

  /**
   * A controller that becomes known later takes its pods with what they learnt. One that is no
   * longer told keeps them: its pods never change their owner, they only end, and when they are
   * asked about must not matter.
   */
  void ownersAre(List<Map<String, String>> rows) {
    resolver = WorkloadResolver.fromOwners(rows);
    List<TargetState> moved = new ArrayList<>();
    List<TargetState> elsewhere = new ArrayList<>();
    for (TargetState target : byName.values()) {
      Workload told = workloadOf(target.key, target.sourceLabels);
      WorkloadState.Id id = WorkloadState.Id.of(told);
      if (told.kind() != Workload.Kind.POD_NAME && !id.equals(target.workload.id)) {
        if (shape.shard().has(id)) {
          move(target, workload(id, target.lastSign));
          moved.add(target);
        } else {
          elsewhere.add(target);
        }
      }
    }
    elsewhere.forEach(this::leave);
    nextSweep = Long.MIN_VALUE; // some workloads have lost their last target
    moved.stream().filter(TargetState::hasSeries).forEach(this::showAnew);
  }

  /** To another shard, which takes it up in the same slot. */
  private void leave(TargetState target) {
    if (target.hasSeries()) {
      series -= (int) Arrays.stream(target.series).filter(Objects::nonNull).count();
      target.workload.members--;
      byShown.remove(target.shown, target);
    }
    forget(target);
    byName.remove(target.name);
  }

  private void forget(TargetState target) {
    edition++;
    byKey.remove(target.key);
  }

  private void move(TargetState target, WorkloadState to) {
    int members = target.hasSeries() ? 1 : 0;
    target.workload.members -= members;
    to.members += members;
    target.workload = to;
    byShown.remove(target.shown, target);
  }

  /** With labels dropped, the same workload can make two targets look alike: one has to go. */
  private void showAnew(TargetState target) {
    target.shown = labels.of(target);
    if (byShown.putIfAbsent(target.shown, target) == null) {
      return;
    }
    for (int i = 0; i < target.series.length; i++) {
      if (target.series[i] != null) {
        target.series[i] = null;
        series--;
        refuse(target, i, Refusal.SAME_LABELS);
      }
    }
    target.workload.members--;
  }

  void came(Event event) {
    TargetKey.of(event.labels())
        .ifPresent(
            key -> {
              TargetState target = byKey.get(key);
              if (target == null) {
                WorkloadState.Id id = WorkloadState.Id.of(workloadOf(key, event.labels()));
                if (!shape.shard().has(id)) {
                  return;
                }
                WorkloadState workload = workload(id, event.slot());
                target = new TargetState(key, event.labels(), shape.signals().size(), workload);
                edition++;
                byKey.put(key, target);
                byName.put(target.name, target);
              }
              target.lastSign = Math.max(target.lastSign, event.slot());
              target.told(event.labels());
            });
  }

  void processStarted(Event event, Restarts restarts) {
    started(event, restarts, TargetState::processStarted);
  }

  void containerStarted(Event event, Restarts restarts) {
    started(event, restarts, TargetState::containerStarted);
  }

  private void started(
      Event event, Restarts restarts, ToLongBiFunction<TargetState, Double> startOf) {
    TargetKey.of(event.labels())
        .map(byKey::get)
        .ifPresent(
            target -> {
              long started = startOf.applyAsLong(target, event.value());
              if (started != 0) {
                restarts.started(target, started, event.slot());
              }
            });
  }

  /**
   * Lets in a series that has no judge yet, where it fits the bounds. Who is turned away would be
   * again, until somebody leaves.
   */
  boolean admits(TargetState target, int signal) {
    Refusal refusal = refusal(target);
    if (refusal == null) {
      enter(target);
    } else {
      refuse(target, signal, refusal);
    }
    return refusal == null;
  }

  private @Nullable Refusal refusal(TargetState target) {
    if (series >= shape.bounds().series()) {
      return Refusal.TOTAL;
    }
    if (target.hasSeries()) {
      return null;
    }
    if (target.workload.members >= shape.bounds().targetsPerWorkload()) {
      return Refusal.WORKLOAD;
    }
    TargetState same = byShown.get(labels.of(target));
    return same == null || same == target ? null : Refusal.SAME_LABELS;
  }

  private void enter(TargetState target) {
    series++;
    if (!target.hasSeries()) {
      target.workload.members++;
      target.shown = labels.of(target);
      byShown.put(target.shown, target);
    }
  }

  private void refuse(TargetState target, int signal, Refusal reason) {
    if (!refused.add(target.name + '/' + signal)) {
      return;
    }
    listener.seriesRefused(reason);
    if (refused.size() > REMEMBERED) {
      Iterator<String> oldest = refused.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Whether a sweep at this slot could find anything. */
  boolean mustSweep(long slot) {
    return slot >= nextSweep;
  }

  /**
   * Frees series without data, targets that are gone and workloads that nobody remembers.
   *
   * @return whether there were any
   */
  boolean sweep(long slot) {
    int before = series;
    int targets = byName.size();
    nextSweep = slot + Fleet.FREED_AFTER_MILLIS; // whoever comes now is not due before
    for (Iterator<TargetState> it = byName.values().iterator(); it.hasNext(); ) {
      TargetState target = it.next();
      if (target.hasSeries()) {
        free(target, slot);
      }
      if (!target.hasSeries() && isDue(target.lastSign + FORGOTTEN_AFTER_MILLIS, slot)) {
        it.remove();
        forget(target);
      }
    }
    // a target that waits to be let in still belongs to its workload
    Set<WorkloadState> held = Collections.newSetFromMap(new IdentityHashMap<>());
    byName.values().forEach(target -> held.add(target.workload));
    workloads.values().removeIf(w -> !held.contains(w) && isDue(w.forgottenAt(), slot));
    return series < before || byName.size() < targets;
  }

  private boolean isDue(long at, long slot) {
    if (slot < at) {
      nextSweep = Math.min(nextSweep, at);
    }
    return slot >= at;
  }

  private void free(TargetState target, long slot) {
    for (int i = 0; i < target.series.length; i++) {
      SeriesState state = target.series[i];
      if (state != null && isDue(state.lastSlot + Fleet.FREED_AFTER_MILLIS, slot)) {
        target.series[i] = null;
        series--;
      }
    }
    if (!target.hasSeries()) {
      target.workload.members--;
      byShown.remove(target.shown, target);
    }
  }

  private WorkloadState workload(WorkloadState.Id id, long slot) {
    return workloads.computeIfAbsent(id, i -> new WorkloadState(i, slot));
  }

  private Workload workloadOf(TargetKey key, Map<String, String> source) {
    return WorkloadResolver.byLabels(source, shape.workloadBy())
        .or(() -> resolver.resolve(source))
        .orElseGet(() -> new Workload("", "", Workload.Kind.OTHER, nameOf(key)));
  }

  /** Unlike for unlike targets, for quotes are escaped; and what people type to find one. */
  static String nameOf(TargetKey key) {
    StringBuilder name = new StringBuilder();
    key.labels()
        .forEach(
            (label, value) ->
                name.append(name.isEmpty() ? "" : ",")
                    .append(label)
                    .append("=\"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"'));
    return name.toString();
  }

  Collection<WorkloadState> workloads() {
    return workloads.values();
  }

  /** Takes in a target with what it learnt; before the first chunk. */
  void restore(TargetState.Learnt learnt) throws IOException {
    if (!shape.shard().has(learnt.workload())) { // the state of another shard
      return;
    }
    TargetState target =
        learnt.at(workload(learnt.workload(), learnt.lastSign()), shape.signals().size());
    if (byName.putIfAbsent(target.name, target) != null) {
      throw new IOException("target " + target.name + " stands twice");
    }
    byKey.put(target.key, target);
    series += learnt.series().size();
    target.workload.members++;
    target.shown = labels.of(target);
    byShown.put(target.shown, target);
    edition++;
  }

  /** Takes in what a workload was taught; after its targets or before them. */
  void restore(WorkloadState taught) throws IOException {
    if (!shape.shard().has(taught.id)) {
      return;
    }
    WorkloadState known = workload(taught.id, taught.lastTaught());
    if (known.wasTaught()) {
      throw new IOException("workload " + taught.id + " stands twice");
    }
    known.takeFrom(taught);
  }
}
