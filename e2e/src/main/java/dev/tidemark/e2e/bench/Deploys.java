package dev.tidemark.e2e.bench;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.fleet.FleetListener;
import dev.tidemark.exporter.fleet.FleetShape;
import dev.tidemark.exporter.fleet.Refusal;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.Column;
import dev.tidemark.exporter.source.Event;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What a week of daily deploys of everything, each with new names of all pods, adds to what a fleet
 * holds; of the state, for the heap of a few hundred targets drowns in that of the program around
 * them.
 */
final class Deploys {
  private static final Duration STEP = Duration.ofMinutes(2);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long BEGIN = 1_767_225_600_000L;
  private static final int DAY = 24;
  static final FleetListener NOBODY = new Nobody();

  private final int targets;
  private final int days;
  private final Report report;

  Deploys(int targets, int days, Report report) {
    this.targets = targets;
    this.days = days;
    this.report = report;
  }

  /**
   * Bytes a target.
   *
   * @param end after the last day
   * @param most at any hour
   * @param mostWithinHours so long after a deploy the most was reached
   */
  private record Held(double end, double most, int mostWithinHours) {}

  void measure() throws IOException {
    report.begins("a week of " + targets + " targets with and without deploys, in this process");
    Held without = held(false);
    Held with = held(true);
    report.row(
        "state after " + days + " daily deploys of everything",
        "≤ +20 %",
        "%.1f KB a series, %.1f KB without: %+.0f %%; at most %.1f KB, %+.0f %%, %d h after one",
        with.end() / 1e3,
        without.end() / 1e3,
        100 * (with.end() / without.end() - 1),
        with.most() / 1e3,
        100 * (with.most() / without.end() - 1),
        with.mostWithinHours());
  }

  private Held held(boolean deploys) throws IOException {
    FleetShape shape = shape();
    Fleet fleet = new Fleet(shape, NOBODY);
    Random random = new Random(1);
    double now = 0;
    double most = 0;
    int mostWithin = 0;
    for (int hour = 0; hour < days * DAY; hour++) {
      int generation = deploys ? hour / DAY : 0;
      fleet.apply(hour(shape.signals().get(0), targets, hour, generation, random));
      now = (double) size(fleet) / targets;
      if (now > most) {
        most = now;
        mostWithin = hour % DAY + 1;
      }
    }
    report.progress((deploys ? "with" : "without") + " deploys done");
    return new Held(now, most, mostWithin);
  }

  private static Chunk hour(Signal signal, int targets, int hour, int generation, Random random) {
    long first = BEGIN + hour * HOUR.toMillis();
    int slots = (int) HOUR.dividedBy(STEP);
    Map<TargetKey, Column> columns = new HashMap<>();
    List<Event> came = new ArrayList<>();
    List<Event> starts = new ArrayList<>();
    for (int i = 0; i < targets; i++) {
      Map<String, String> labels =
          Map.of(
              "namespace",
              "team-" + i / BenchFleet.PODS_PER_WORKLOAD % 20,
              "pod",
              BenchFleet.pod(i, generation),
              "container",
              "app");
      TargetKey key = TargetKey.of(labels).orElseThrow();
      Column column = new Column(slots);
      double level = 50 + 37.0 * (i % 130);
      for (int s = 0; s < slots; s++) {
        column.merge(s, Math.rint(level * (1 + 0.05 * random.nextGaussian())));
      }
      columns.put(key, column);
      came.add(new Event(first, labels, 1));
      starts.add(new Event(first, labels, (BEGIN + generation * 86_400_000.0) / 1000));
    }
    Map<Signal, Map<TargetKey, Column>> samples = Map.of(signal, columns);
    Chunk.Rejected none = new Chunk.Rejected(0, 0, 0);
    return new Chunk(
        first,
        slots,
        STEP.toMillis(),
        samples,
        came,
        starts,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        none);
  }

  /** A fleet that has judged so many hours of the targets of {@link BenchFleet}. */
  static Fleet fleet(int targets, int hours) {
    FleetShape shape = shape();
    Fleet fleet = new Fleet(shape, NOBODY);
    Random random = new Random(1);
    for (int hour = 0; hour < hours; hour++) {
      fleet.apply(hour(shape.signals().get(0), targets, hour, 0, random));
    }
    return fleet;
  }

  static FleetShape shape() {
    Signal signal = Catalogue.load().find("goroutines").orElseThrow();
    return new FleetShape(
        List.of(signal),
        JudgeConfig.defaults(STEP),
        Duration.ofMinutes(5),
        new FleetShape.Bounds(1_000_000, 1_000_000),
        List.of(),
        List.of(),
        Set.of(),
        Map.of());
  }

  /** Bytes of all that was learnt, as a checkpoint holds it. */
  private static long size(Fleet fleet) throws IOException {
    long[] size = {0};
    fleet.encode(
        new OutputStream() {
          @Override
          public void write(int b) {
            size[0]++;
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            size[0] += length;
          }
        });
    return size[0];
  }

  private static final class Nobody implements FleetListener {
    @Override
    public void seriesRefused(Refusal reason) {}

    @Override
    public void sampleIgnored() {}
  }
}
