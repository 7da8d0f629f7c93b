package dev.tidemark.engine;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;

/** Prints what a judge costs: nanoseconds of CPU an observation and bytes on the heap. */
final class JudgeCost {
  private static final int SERIES = 500;
  private static final int DAYS = 8;

  private JudgeCost() {}

  public static void main(String[] args) {
    for (String kind : new String[] {"warm-up", "flat", "noise", "wandering"}) {
      measure(kind);
    }
  }

  private static void measure(String kind) {
    JudgeConfig config = JudgeConfig.defaults();
    SeriesShape shape = new SeriesShape(Side.HIGH, Reduce.TROUGH, 25);
    long before = used();
    Judge[] judges = new Judge[SERIES];
    for (int i = 0; i < SERIES; i++) {
      judges[i] = new Judge(shape, config);
    }
    double[] wander = new double[SERIES];
    Random random = new Random(1);
    long step = config.interval().toMillis();
    long steps = Duration.ofDays(DAYS).toMillis() / step;
    long cpu = 0;
    for (long s = 0; s < steps; s++) {
      double[] values = new double[SERIES];
      for (int i = 0; i < SERIES; i++) {
        values[i] = value(kind, random, wander, i);
      }
      long from = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < SERIES; i++) {
        judges[i].observe(new Sample(Feed.MONDAY + s * step, values[i], Double.NaN, 0), null);
      }
      cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - from;
    }
    System.out.printf(
        "%s: %d ns an observation, %d bytes a judge, the last at %d%n",
        kind,
        cpu / (steps * SERIES),
        (used() - before) / SERIES,
        judges[SERIES - 1].newestMillis());
  }

  private static double value(String kind, Random random, double[] wander, int i) {
    return switch (kind) {
      case "noise" -> 5000 + 500 * random.nextGaussian();
      case "wandering" -> 5000 + (wander[i] += -wander[i] / 120 + 50 * random.nextGaussian());
      default -> 5000;
    };
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
