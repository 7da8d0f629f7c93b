package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.forecast.Forecaster;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.signals.target.TargetKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A target that the configuration asks to judge. */
final class TargetState {
  /** Boot time, and with it every start time, moves by a second when clocks are adjusted. */
  private static final long SAME_START_MILLIS = 2_000;

  final TargetKey key;
  final String name;
  final String container;
  final @Nullable SeriesState[] series;
  final TargetHealth health = new TargetHealth();
  Map<String, String> sourceLabels;
  WorkloadState workload;
  Map<String, String> shown = Map.of();
  long lastSign;

  /** Where its restarts were counted last; looked up anew where that is over. */
  Restarts.@Nullable Book book;

  private double[] limits = {};
  private int limitsEdition = -1;
  private long processStart;
  private long containerStart;

  TargetState(
      TargetKey key, Map<String, String> sourceLabels, int signals, WorkloadState workload) {
    this.key = key;
    this.name = Census.nameOf(key);
    this.container = key.labels().getOrDefault("container", "");
    this.sourceLabels = sourceLabels;
    this.series = new SeriesState[signals];
    this.workload = workload;
  }

  /** Labels it was told with again: equal ones are held once, with those who tell them. */
  void told(Map<String, String> labels) {
    if (sourceLabels != labels && sourceLabels.equals(labels)) {
      sourceLabels = labels;
    }
  }

  /**
   * Takes in a start of the process.
   *
   * @return the start that restarts are told by, epoch milliseconds
   */
  long processStarted(double epochSeconds) {
    boolean first = processStart == 0;
    processStart = sameOr(processStart, epochSeconds);
    if (first) { // so far the container's, which is some moments older, was followed
      health.watch.follows(processStart);
    }
    return processStart;
  }

  /**
   * Takes in a start of the container.
   *
   * @return the start that restarts are told by; 0 where they are told by the process
   */
  long containerStarted(double epochSeconds) {
    containerStart = sameOr(containerStart, epochSeconds);
    return processStart == 0 ? containerStart : 0;
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

  /** Of any of its series, epoch milliseconds; 0 without one. */
  long newestSample() {
    long newest = 0;
    for (SeriesState state : series) {
      newest = state == null || state.last == null ? newest : Math.max(newest, state.lastSlot);
    }
    return newest;
  }

  boolean hasSeries() {
    return Arrays.stream(series).anyMatch(Objects::nonNull);
  }

  void write(BlockOutput out) {
    write(key.labels(), out);
    write(new TreeMap<>(sourceLabels), out);
    workload.id.write(out);
    out.writeLong(processStart);
    out.writeLong(containerStart);
  }

  private static void write(SortedMap<String, String> labels, BlockOutput out) {
    out.writeInt(labels.size());
    labels.forEach(
        (name, value) -> {
          out.writeUTF(name);
          out.writeUTF(value);
        });
  }

  private static SortedMap<String, String> labels(BlockInput in) throws IOException {
    SortedMap<String, String> labels = new TreeMap<>();
    for (int i = in.readCount(); i > 0; i--) {
      labels.put(in.readUTF(), in.readUTF());
    }
    return labels;
  }

  /** A target as it was written, until its workload is found. */
  record Learnt(
      TargetKey key,
      Map<String, String> sourceLabels,
      WorkloadState.Id workload,
      Starts starts,
      List<SeriesState> series,
      TargetHealth health) {
    record Starts(long process, long container) {}

    static Learnt read(BlockInput in, FleetShape shape) throws IOException {
      Learnt read = null;
      while (in.hasMore()) {
        BlockInput.Section section = in.nextSection();
        BlockInput body = section.body();
        if (section.type() == FleetBlocks.TARGET) {
          read =
              new Learnt(
                  key(labels(body)),
                  Map.copyOf(labels(body)),
                  WorkloadState.Id.read(body),
                  new Starts(body.readLong(), body.readLong()),
                  new ArrayList<>(),
                  new TargetHealth());
        } else if (section.type() == FleetBlocks.SERIES && read != null) {
          read.series.add(SeriesState.read(body, shape));
        } else if (section.type() == FleetBlocks.FORECAST && read != null) {
          read.forecast(body, shape);
        } else if (section.type() == FleetBlocks.HEALTH && read != null) {
          read.health.read(body);
        }
      }
      if (read == null || read.series.isEmpty()) {
        throw new IOException("a target without a name or a series");
      }
      return read;
    }

    private static TargetKey key(SortedMap<String, String> labels) throws IOException {
      return TargetKey.of(labels)
          .orElseThrow(() -> new IOException("labels that name no target: " + labels));
    }

    /** Blocks have a checksum, so what does not fit is of other horizons: it begins anew. */
    private void forecast(BlockInput body, FleetShape shape) {
      SeriesState last = series.isEmpty() ? null : series.get(series.size() - 1);
      if (last == null || last.forecaster == null) {
        return;
      }
      try {
        last.forecaster = Forecaster.decode(body, shape.care().forecast().orElseThrow());
      } catch (IOException e) {
        last.forecaster = shape.forecaster(last.signal);
      }
    }

    long lastSign() {
      return series.stream().mapToLong(s -> s.lastSlot).max().orElseThrow();
    }

    TargetState at(WorkloadState workload, int signals) throws IOException {
      TargetState target = new TargetState(key, sourceLabels, signals, workload);
      target.processStart = starts.process();
      target.containerStart = starts.container();
      target.lastSign = lastSign();
      target.health.memory = health.memory;
      target.health.watch = health.watch;
      for (SeriesState each : series) {
        if (target.series[each.place] != null) {
          throw new IOException(target.name + " has " + each.signal.id() + " twice");
        }
        target.series[each.place] = each;
      }
      return target;
    }
  }
}
