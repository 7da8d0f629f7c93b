package dev.tidemark.diagnosis.gctrace;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the collections of a log tell. Bytes are exact to 1 MiB, as the runtime prints them; null is
 * not known.
 *
 * @param damaged lines that begin as a collection and are cut or garbled
 * @param duplicates collections that came twice and count once
 * @param leftOut collections of processes beyond the first 200
 * @param truncated whether the log ends early or a bound of ours was reached
 */
public record GcReport(
    String file,
    long cycles,
    long damaged,
    long duplicates,
    long leftOut,
    boolean truncated,
    List<GoProcess> processes) {
  /** Fewer collections, or a shorter time, do not tell whether the live heap grows. */
  public static final int GROWTH_CYCLES = 8;

  /** A heap that rises for less is one that starts. */
  public static final double GROWTH_SECONDS = 10;

  public GcReport {
    processes = List.copyOf(processes);
  }

  /**
   * One process, from its first to its last collection in the log.
   *
   * @param process the name that stands before its lines
   * @param forced by runtime.GC or debug.FreeOSMemory
   * @param periodic because two minutes had passed
   * @param gogcSeen the percentage that goals were above live heaps by
   * @param lacking why there are neither costs nor advice; null when there are
   */
  public record GoProcess(
      @Nullable String process,
      Form form,
      long cycles,
      long forced,
      long periodic,
      @Nullable Double seconds,
      long processors,
      Heap heap,
      Pauses pauses,
      Intervals intervals,
      Cpu cpu,
      @Nullable Double gogcSeen,
      List<Finding> findings,
      List<Cost> costs,
      @Nullable String lacking,
      @Nullable Advice advice) {
    public GoProcess {
      findings = List.copyOf(findings);
      costs = List.copyOf(costs);
    }
  }

  /**
   * Sizes in bytes.
   *
   * @param firstLive live after the first collection
   * @param peak most that was on the heap
   * @param allocationRate bytes allocated a second; null over less than a second
   * @param growth of the live heap, bytes a second between the lowest of the first and last
   *     quarter; null over less than ten seconds
   */
  public record Heap(
      long firstLive,
      long lastLive,
      long peakLive,
      long peak,
      @Nullable Long peakGoal,
      @Nullable Long stacks,
      @Nullable Long globals,
      @Nullable Double allocationRate,
      @Nullable Double growth) {}

  /** Stops of the world, seconds; the longest of each collection. */
  public record Pauses(double median, double p99, double max, double total) {}

  /** Between collections that nobody forced, seconds. */
  public record Intervals(@Nullable Double median, @Nullable Double least) {}

  /**
   * Ratios.
   *
   * @param share of all CPU that the collector took, idle workers not counted
   * @param worst the same over the ten collections where it was highest
   * @param assists of the collector's CPU that goroutines paid while they allocated
   * @param sinceStart as the last line says it
   */
  public record Cpu(
      @Nullable Double share,
      @Nullable Double worst,
      @Nullable Double assists,
      @Nullable Double sinceStart) {}

  /**
   * What a GOGC would cost at the allocation rate and peak live heap of this log.
   *
   * @param peakHeap bytes; the goal
   * @param cpuShare ratio of all CPU
   * @param fits whether the heap stays within the memory limit; null without one
   */
  public record Cost(
      int gogc, long peakHeap, double cyclesPerSecond, double cpuShare, @Nullable Boolean fits) {}

  /**
   * What to set.
   *
   * @param gogc null when nothing fits, as gomemlimit
   * @param fits whether the program has room below its limit at all
   * @param arithmetic how the figures come about, a step a line
   */
  public record Advice(
      @Nullable Integer gogc,
      @Nullable Long gomemlimit,
      boolean fits,
      Cost cost,
      List<String> arithmetic) {
    public Advice {
      arithmetic = List.copyOf(arithmetic);
    }
  }
}
