package dev.tidemark.exporter.fleet;

import dev.tidemark.signals.target.TargetKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A target that the configuration asks to judge. */
final class TargetState {
  /** Boot time, and with it every start time, moves by a second when clocks are adjusted. */
  private static final long SAME_START_MILLIS = 2_000;

  final TargetKey key;
  final String name;
  final Map<String, String> sourceLabels;
  final @Nullable SeriesState[] series;
  WorkloadState workload;
  Map<String, String> shown = Map.of();
  long lastSign;
  private double[] limits = {};
  private int limitsEdition = -1;
  private long processStart;
  private long containerStart;

  TargetState(
      TargetKey key, Map<String, String> sourceLabels, int signals, WorkloadState workload) {
    this.key = key;
    this.name = Census.nameOf(key);
    this.sourceLabels = sourceLabels;
    this.series = new SeriesState[signals];
    this.workload = workload;
  }

  void processStarted(double epochSeconds) {
    processStart = sameOr(processStart, epochSeconds);
  }

  void containerStarted(double epochSeconds) {
    containerStart = sameOr(containerStart, epochSeconds);
  }

  private static long sameOr(long known, double epochSeconds) {
    long told = Math.round(epochSeconds * 1000);
    return Math.abs(told - known) <= SAME_START_MILLIS ? known : told;
  }

  /** Epoch milliseconds, 0 where nobody told. */
  long startMillis() {
    return processStart != 0 ? processStart : containerStart;
  }

  /** The limit of a signal; asks {@code lookup} again only when there is a new edition. */
  double limit(int signal, int edition, IntToDoubleFunction lookup) {
    if (limitsEdition != edition) {
      limitsEdition = edition;
      limits = IntStream.range(0, series.length).mapToDouble(lookup).toArray();
    }
    return limits[signal];
  }

  boolean hasSeries() {
    return Arrays.stream(series).anyMatch(Objects::nonNull);
  }
}
