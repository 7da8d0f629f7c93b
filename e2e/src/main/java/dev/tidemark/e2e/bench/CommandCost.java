package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a command cost from its start to its end.
 *
 * @param wallSeconds on the clock
 * @param cpuSeconds of it and of all that it waited for
 * @param peakBytes the most that were resident at a time, looked at every few milliseconds
 * @param exitCode what it ended with
 */
record CommandCost(double wallSeconds, double cpuSeconds, long peakBytes, int exitCode) {
  private static final double TICKS_PER_SECOND = 100;
  private static final int MINUTES = 15;

  /** Runs it; its output goes to a log that a failure quotes. */
  static CommandCost of(Processes processes, String name, List<String> command)
      throws IOException, InterruptedException {
    double before = childrenCpu();
    long began = System.nanoTime();
    OwnedProcess process = processes.start(name, command);
    long peak = 0;
    while (process.isAlive() && System.nanoTime() - began < TimeUnit.MINUTES.toNanos(MINUTES)) {
      peak = Math.max(peak, peak(process.pid()));
      if (ended(process)) {
        break;
      }
    }
    int code = process.await(1, TimeUnit.SECONDS);
    double wall = (System.nanoTime() - began) / 1e9;
    return new CommandCost(wall, childrenCpu() - before, peak, code);
  }

  /**
   * The one in the middle of several runs, by CPU.
   *
   * @throws IOException where one of them ends with anything but 0
   */
  static CommandCost median(int runs, Run run) throws IOException, InterruptedException {
    CommandCost[] costs = new CommandCost[runs];
    for (int i = 0; i < runs; i++) {
      costs[i] = run.cost();
      if (costs[i].exitCode() != 0) {
        throw new IOException("ended with exit code " + costs[i].exitCode());
      }
    }
    Arrays.sort(costs, Comparator.comparingDouble(CommandCost::cpuSeconds));
    return costs[runs / 2];
  }

  /** One run. */
  interface Run {
    CommandCost cost() throws IOException, InterruptedException;
  }

  String text() {
    return String.format(
        Locale.ROOT, "%.2f s, %.2f s CPU, %.0f MB", wallSeconds, cpuSeconds, peakBytes / 1e6);
  }

  private static boolean ended(OwnedProcess process) throws InterruptedException {
    try {
      int unused = process.await(10, TimeUnit.MILLISECONDS);
      return true;
    } catch (IOException e) {
      return false; // it still runs
    }
  }

  private static long peak(long pid) {
    try {
      return ProcessCost.of(pid).peakBytes();
    } catch (IOException | RuntimeException e) {
      return 0; // it has just ended
    }
  }

  /** User and system time of the children that we have waited for, the 14th and 15th field. */
  private static double childrenCpu() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
  }
}
