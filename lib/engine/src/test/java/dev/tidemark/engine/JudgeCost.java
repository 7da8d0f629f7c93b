package dev.tidemark.engine;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Prints what a judge costs: nanoseconds of CPU an observation and bytes on the heap. Arguments are
 * the lengths of other windows than the defaults, such as {@code PT24H P14D}.
 */
final class JudgeCost {
  private static final int SERIES = 300;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final String kind;
  private final JudgeConfig config;
  private final Random random = new Random(1);
  private final double[] wander = new double[SERIES];
  private final Judge[] judges = new Judge[SERIES];
  private long observations;
  private long cpu;

  private JudgeCost(String kind, JudgeConfig config) {
    this.kind = kind;
    this.config = config;
  }

  public static void main(String[] args) {
    JudgeConfig usual = JudgeConfig.defaults();
    List<WindowShape> windows =
        Arrays.stream(args).map(Duration::parse).map(WindowShape::of).toList();
    JudgeConfig config =
        new JudgeConfig(
            usual.interval(),
            windows.isEmpty() ? usual.windows() : windows,
            usual.lag(),
            usual.freezeAfter(),
            usual.freezeCap(),
            usual.minSamples(),
            usual.growth());
    new JudgeCost("noise", config).measure();
    for (String kind : new String[] {"flat", "noise", "wandering", "spikes", "wild"}) {
      System.out.println(new JudgeCost(kind, config).measure());
    }
  }

  private String measure() {
    SeriesShape shape = new SeriesShape(Side.HIGH, Reduce.TROUGH, 25);
    long before = used();
    for (int i = 0; i < SERIES; i++) {
      judges[i] = new Judge(shape, config);
    }
    // the slots of the longest first, then the day and the lag that fill the others
    WindowShape longest = config.windows().get(config.windows().size() - 1);
    long now = feed(Feed.MONDAY, longest.length().toMillis(), longest.slot());
    cpu = 0;
    observations = 0;
    feed(now, 26 * DAY / 24, config.interval());
    try {
      return "%s: %d ns an observation, %d bytes a judge"
          .formatted(kind, cpu / observations, (used() - before) / SERIES);
    } finally {
      Reference.reachabilityFence(judges);
    }
  }

  private long feed(long from, long span, Duration step) {
    double[] values = new double[SERIES];
    long now = from;
    for (; now < from + span; now += step.toMillis()) {
      for (int i = 0; i < SERIES; i++) {
        values[i] = value(i);
      }
      long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < SERIES; i++) {
        judges[i].observe(new Sample(now, values[i], Double.NaN, 0), null);
      }
      cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
      observations += SERIES;
    }
    return now;
  }

  private double value(int i) {
    return switch (kind) {
      case "noise" -> 5000 + 500 * random.nextGaussian();
      case "wandering" -> 5000 + (wander[i] += -wander[i] / 120 + 50 * random.nextGaussian());
      case "spikes" -> random.nextInt(20) == 0 ? 5000 * random.nextDouble() : 50;
      case "wild" -> Math.exp(3 * random.nextGaussian());
      default -> 5000;
    };
  }

  private static long used() {
    for (int i = 0; i < 4; i++) { // a serial collection compacts every fourth time
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
