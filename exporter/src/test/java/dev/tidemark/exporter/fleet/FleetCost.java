package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Sample;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.Column;
import dev.tidemark.exporter.source.Event;
import dev.tidemark.exporter.source.LimitTable;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Prints what judging a chunk costs: microseconds of CPU and of the clock a sample. Three signals
 * of workloads of one to forty pods, a daily wave with 5 % of noise on it, every window learnt.
 * Arguments: how many targets, how many slots a chunk, how many chunks. The first chunk is not
 * counted.
 */
final class FleetCost {
  private static final long STEP = 30_000;
  private static final long BEGIN = 1_767_225_600_000L;
  private static final long START = BEGIN - Duration.ofDays(9).toMillis();
  private static final int KINDS = 20;

  private final FleetShape shape = shape();
  private final Random random = new Random(1);
  private final List<TargetKey> keys = new ArrayList<>();
  private final Fleet fleet = new Fleet(shape, new Nobody());

  private FleetCost() {}

  public static void main(String[] args) throws IOException {
    FleetCost cost = new FleetCost();
    cost.learn(Integer.parseInt(args[0]));
    int slots = Integer.parseInt(args[1]);
    for (int i = 0; i <= Integer.parseInt(args[2]); i++) {
      cost.measure(i, slots);
    }
  }

  private static FleetShape shape() {
    List<Signal> signals =
        Catalogue.load().signals().stream()
            .filter(s -> Set.of("goroutines", "heap_live", "working_set").contains(s.id()))
            .toList();
    return new FleetShape(
        signals,
        JudgeConfig.defaults(Duration.ofMillis(STEP)),
        Duration.ofMinutes(5),
        new FleetShape.Bounds(1_000_000, 1_000_000),
        List.of(),
        List.of(),
        Set.of(),
        Map.of("goroutines", 1e7));
  }

  /** As if nine days were behind it, of which a few series are enough. */
  private void learn(int targets) throws IOException {
    List<byte[]> judges = new ArrayList<>();
    for (int i = 0; i < KINDS * shape.signals().size(); i++) {
      judges.add(judge(i));
    }
    fleet.goOnFrom(new Fleet.Clock(BEGIN, BEGIN));
    int workload = 0;
    for (int left = 0, i = 0; i < targets; i++, left--) {
      if (left == 0) {
        workload++;
        left = 1 + random.nextInt(40);
      }
      keys.add(restore(i, "api-" + workload, judges));
    }
  }

  private TargetKey restore(int i, String workload, List<byte[]> judges) throws IOException {
    List<SeriesState> series = new ArrayList<>();
    for (int s = 0; s < shape.signals().size(); s++) {
      Signal signal = shape.signals().get(s);
      byte[] bytes = judges.get((3 * i + s) % judges.size());
      Judge judge = Judge.decode(new BlockInput(bytes), FleetShape.series(signal), shape.judge());
      series.add(new SeriesState(signal, s, judge, BEGIN));
    }
    Map<String, String> labels =
        Map.of("namespace", "pay", "pod", workload + "-7d9f8c6b5-" + i, "container", "app");
    TargetKey key = TargetKey.of(labels).orElseThrow();
    fleet.census.restore(
        new TargetState.Learnt(
            key,
            labels,
            new WorkloadState.Id("", "pay", workload),
            new TargetState.Learnt.Starts(START, 0),
            series,
            new TargetHealth()));
    return key;
  }

  private byte[] judge(int kind) throws IOException {
    Signal signal = shape.signals().get(kind % shape.signals().size());
    Judge judge = new Judge(FleetShape.series(signal), shape.judge());
    for (long time = START; time <= BEGIN; ) {
      judge.observe(new Sample(time, value(kind, time), limit(signal), START), null);
      time += time < BEGIN - Duration.ofDays(2).toMillis() ? 10 * STEP : STEP;
    }
    BlockOutput out = new BlockOutput();
    judge.encode(out);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    out.writeTo(bytes);
    return bytes.toByteArray();
  }

  private double value(int kind, long time) {
    double day = 2 * Math.PI * time / Duration.ofDays(1).toMillis() + kind;
    double level = 1000 * Math.pow(10, kind % shape.signals().size() * 2.5);
    return level * (1 + 0.3 * Math.sin(day) + 0.05 * random.nextGaussian());
  }

  private static double limit(Signal signal) {
    return signal.limit() == null ? 1e7 : 1e10;
  }

  private void measure(int number, int slots) {
    Chunk chunk = chunk(BEGIN + (1L + (long) number * slots) * STEP, slots);
    double samples = (double) slots * keys.size() * shape.signals().size();
    long wall = System.nanoTime();
    long cpu = cpu();
    long own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    fleet.apply(chunk);
    own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - own;
    System.out.printf(
        "%s: %.0f samples, %.2f us CPU (%.2f by the caller) and %.2f us wall a sample%n",
        number == 0 ? "not counted" : number,
        samples,
        (cpu() - cpu) / samples / 1e3,
        own / samples / 1e3,
        (System.nanoTime() - wall) / samples / 1e3);
  }

  private Chunk chunk(long first, int slots) {
    Map<Signal, Map<TargetKey, Column>> samples = new HashMap<>();
    for (int s = 0; s < shape.signals().size(); s++) {
      Map<TargetKey, Column> columns = new HashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Column column = new Column(slots);
        for (int slot = 0; slot < slots; slot++) {
          column.merge(slot, value((3 * i + s) % (3 * KINDS), first + slot * STEP));
        }
        columns.put(keys.get(i), column);
      }
      samples.put(shape.signals().get(s), columns);
    }
    List<LimitTable> limits = new ArrayList<>();
    for (int slot = 0; slot < slots; slot += 10) {
      for (Signal signal : shape.signals()) {
        if (signal.limit() != null) {
          Map<TargetKey, Double> table = new HashMap<>();
          keys.forEach(key -> table.put(key, limit(signal)));
          limits.add(new LimitTable(first + slot * STEP, signal.limit(), table));
        }
      }
    }
    List<Event> came = keys.stream().map(key -> new Event(first, key.labels(), 1)).toList();
    List<Event> starts =
        keys.stream().map(key -> new Event(first, key.labels(), START / 1000.0)).toList();
    return new Chunk(
        first,
        slots,
        STEP,
        samples,
        came,
        starts,
        List.of(),
        limits,
        List.of(),
        Map.of(),
        new Chunk.Rejected(0, 0, 0));
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static final class Nobody implements FleetListener {
    @Override
    public void seriesRefused(Refusal reason) {}

    @Override
    public void sampleIgnored() {}
  }
}
