package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Measure;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.SeriesShape;
import dev.tidemark.engine.Side;
import dev.tidemark.engine.forecast.Forecaster;
import dev.tidemark.signals.signal.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a fleet is judged and named.
 *
 * @param signals in the order they are shown
 * @param withdrawAfter how long after its last sample a score is still true
 * @param bounds what is too much
 * @param workloadBy the labels that make a workload; empty: owner, pod name, job
 * @param addLabels labels shown beside those of the target
 * @param dropLabels labels that are not shown
 * @param fixedLimits by signal id: the limit of targets that tell none themselves
 * @param shard the part of the workloads that is judged
 * @param care what is looked after beside levels and growth
 */
public record FleetShape(
    List<Signal> signals,
    JudgeConfig judge,
    Duration withdrawAfter,
    Bounds bounds,
    List<String> workloadBy,
    List<String> addLabels,
    Set<String> dropLabels,
    Map<String, Double> fixedLimits,
    Shard shard,
    CareShape care) {
  /**
   * @param series live series in total, for memory
   * @param targetsPerWorkload so that one deployment gone wild cannot crowd out the others
   */
  public record Bounds(int series, int targetsPerWorkload) {}

  public FleetShape {
    signals = List.copyOf(signals);
    workloadBy = List.copyOf(workloadBy);
    addLabels = List.copyOf(addLabels);
    dropLabels = Set.copyOf(dropLabels);
    fixedLimits = Map.copyOf(fixedLimits);
  }

  /** Judges all workloads, their levels and growth only. */
  public FleetShape(
      List<Signal> signals,
      JudgeConfig judge,
      Duration withdrawAfter,
      Bounds bounds,
      List<String> workloadBy,
      List<String> addLabels,
      Set<String> dropLabels,
      Map<String, Double> fixedLimits) {
    this(
        signals,
        judge,
        withdrawAfter,
        bounds,
        workloadBy,
        addLabels,
        dropLabels,
        fixedLimits,
        Shard.WHOLE,
        CareShape.NONE);
  }

  /** The same for a part of the workloads. */
  public FleetShape in(Shard part) {
    return new FleetShape(
        signals,
        judge,
        withdrawAfter,
        bounds,
        workloadBy,
        addLabels,
        dropLabels,
        fixedLimits,
        part,
        care);
  }

  /** The same, and this is looked after beside. */
  public FleetShape caringFor(CareShape other) {
    return new FleetShape(
        signals,
        judge,
        withdrawAfter,
        bounds,
        workloadBy,
        addLabels,
        dropLabels,
        fixedLimits,
        shard,
        other);
  }

  /** From the parts of the configuration. */
  public static FleetShape of(
      List<Signal> signals,
      JudgeConfig judge,
      Duration withdrawAfter,
      LimitsConfig limits,
      WorkloadConfig workload,
      LabelsConfig labels) {
    return new FleetShape(
        signals,
        judge,
        withdrawAfter,
        limits.bounds(),
        workload.labels(),
        labels.add(),
        Set.copyOf(labels.drop()),
        limits.bySignal());
  }

  /** Where a signal stands among the others; -1 where it is not judged. */
  int place(String id) {
    for (int i = 0; i < signals.size(); i++) {
      if (signals.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** A new forecaster of a signal; null where it is not forecast. */
  @Nullable Forecaster forecaster(Signal signal) {
    return care.forecastOf().contains(signal.id())
        ? care.forecast().map(Forecaster::new).orElse(null)
        : null;
  }

  /** What the engine wants to know of a signal. */
  public static SeriesShape series(Signal signal) {
    return new SeriesShape(
        Side.valueOf(signal.side().name()),
        Reduce.valueOf(signal.reduce().name()),
        signal.smallestBand(),
        measure(signal));
  }

  /** How the reasons of a signal write its values. */
  public static Measure measure(Signal signal) {
    return switch (signal.unit()) {
      case NONE -> Measure.COUNT;
      case BYTES -> Measure.BYTES;
      case SECONDS -> Measure.SECONDS;
      case RATIO -> Measure.RATIO;
    };
  }
}
