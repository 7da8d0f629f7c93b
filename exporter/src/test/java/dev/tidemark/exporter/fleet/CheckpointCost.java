package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Sample;
import dev.tidemark.exporter.checkpoint.Aside;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.checkpoint.CheckpointListener;
import dev.tidemark.exporter.checkpoint.Shelf;
import dev.tidemark.exporter.checkpoint.Storage;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Prints what sealing and opening a fleet costs; arguments: a folder, {@code seal} or {@code open},
 * and how many targets of three noisy signals. {@code open} wants the process that sealed to be
 * gone, so that its memory is its own.
 */
final class CheckpointCost {
  private static final long STEP = 30_000;
  private static final long END = 1_767_225_600_000L;

  private CheckpointCost() {}

  public static void main(String[] args) throws IOException {
    int targets = Integer.parseInt(args[2]);
    try (Storage storage = Storage.open(Path.of(args[0]), new Quiet(), Instant::now)) {
      Shelf shelf = storage.shelf(new Shelf.Label("cost", "all", Duration.ofDays(36_500), "dev"));
      if (args[1].equals("seal")) {
        Fleet fleet = made(targets);
        measured("seal", () -> System.out.println(shelf.seal(END, fleet.blocks())));
        measured("seal again", () -> System.out.println(shelf.seal(END, fleet.blocks())));
      } else {
        measured(
            "open",
            () ->
                System.out.println(
                    shelf.open(new FleetReader(shape(), new Nobody())).orElseThrow().lastSlot()));
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void measured(String what, Work work) throws IOException {
    long wall = System.nanoTime();
    long cpu = cpu();
    work.run();
    System.out.printf(
        "%s: %.1f s wall, %.1f s CPU%n%s",
        what, (System.nanoTime() - wall) / 1e9, (cpu() - cpu) / 1e9, memory());
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String memory() throws IOException {
    return Files.readString(Path.of("/proc/self/status"))
        .lines()
        .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
        .reduce("", (a, b) -> a + b + "\n");
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
        Map.of());
  }

  private static Fleet made(int targets) throws IOException {
    FleetShape shape = shape();
    Fleet fleet = new Fleet(shape, new Nobody());
    fleet.goOnFrom(new Fleet.Clock(END, END));
    List<byte[]> judges = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      judges.add(judge(shape, shape.signals().get(i % shape.signals().size()), i));
    }
    for (int i = 0; i < targets; i++) {
      List<SeriesState> series = new ArrayList<>();
      for (int s = 0; s < shape.signals().size(); s++) {
        Signal signal = shape.signals().get(s);
        byte[] bytes = judges.get((3 * i + s) % judges.size());
        Judge judge = Judge.decode(new BlockInput(bytes), FleetShape.series(signal), shape.judge());
        series.add(new SeriesState(signal, s, judge, END));
      }
      Map<String, String> labels =
          Map.of("namespace", "pay", "pod", "api-" + i + "-7d9f8c6b5-bx2kl", "container", "app");
      fleet.census.restore(
          new TargetState.Learnt(
              TargetKey.of(labels).orElseThrow(),
              labels,
              new WorkloadState.Id("", "pay", "api-" + i % 2000),
              new TargetState.Learnt.Starts(END - 1, 0),
              series,
              new TargetHealth()));
    }
    return fleet;
  }

  private static byte[] judge(FleetShape shape, Signal signal, int seed) throws IOException {
    Judge judge = new Judge(FleetShape.series(signal), shape.judge());
    Random random = new Random(seed);
    long time = END - Duration.ofDays(8).toMillis();
    while (time <= END) {
      judge.observe(new Sample(time, 5000 + 500 * random.nextGaussian(), Double.NaN, 1), null);
      time += time < END - Duration.ofDays(1).toMillis() ? 10 * STEP : STEP;
    }
    BlockOutput out = new BlockOutput();
    judge.encode(out);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    out.writeTo(bytes);
    return bytes.toByteArray();
  }

  private static final class Nobody implements FleetListener {
    @Override
    public void seriesRefused(Refusal reason) {}

    @Override
    public void sampleIgnored() {}
  }

  private static final class Quiet implements CheckpointListener {
    @Override
    public void opened(String source, Instant sealed) {}

    @Override
    public void sealed(String source, Instant at, long bytes, Duration took) {
      System.out.println(bytes + " bytes");
    }

    @Override
    public void notSealed(String source) {}

    @Override
    public void setAside(String source, Aside reason) {}
  }
}
