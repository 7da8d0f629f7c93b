package dev.tidemark.exporter.fleet;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What a piece of work takes: time on the clock, and of all processors together. For the thread
 * that works; what others help it with is added.
 */
public final class Effort {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean CPU_IS_KNOWN = THREADS.isCurrentThreadCpuTimeSupported();

  private final Fleet fleet;
  private long clock;
  private long cpu;

  /** Of work on a fleet. */
  public Effort(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Work begins, or goes on. */
  public void begin() {
    clock -= System.nanoTime();
    cpu -= cpuNanos();
  }

  /** Work rests. */
  public void end() {
    clock += System.nanoTime();
    cpu += cpuNanos();
  }

  private long cpuNanos() {
    return ofThisThread() + fleet.crew.helpedNanos();
  }

  /** CPU time of the thread that calls; 0 where the system does not tell. */
  static long ofThisThread() {
    return CPU_IS_KNOWN ? THREADS.getCurrentThreadCpuTime() : 0;
  }

  public Duration clock() {
    return Duration.ofNanos(clock);
  }

  /** Zero where the system does not tell. */
  public Duration cpu() {
    return Duration.ofNanos(cpu);
  }
}
