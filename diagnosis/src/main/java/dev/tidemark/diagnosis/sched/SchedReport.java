package dev.tidemark.diagnosis.sched;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler's lines of a log tell.
 *
 * @param damaged lines that begin as one and are cut or garbled
 * @param leftOut lines of processes beyond the first 200
 */
public record SchedReport(
    String file,
    long lines,
    long damaged,
    long leftOut,
    boolean truncated,
    List<GoProcess> processes) {
  public SchedReport {
    processes = List.copyOf(processes);
  }

  /**
   * One process.
   *
   * @param process the name before its lines
   * @param busy mean part of its processors at work, 0 to 1
   * @param queued goroutines ready to run and waiting for a processor, in all queues
   * @param skew part of the lines in which a processor was idle while another had a queue
   * @param detailed whether scheddetail tells of each goroutine
   */
  public record GoProcess(
      @Nullable String process,
      long lines,
      double seconds,
      long processors,
      double busy,
      Level queued,
      long longestQueue,
      Level threads,
      Level spinning,
      double skew,
      boolean detailed,
      List<State> goroutines,
      List<Finding> findings) {
    public GoProcess {
      goroutines = List.copyOf(goroutines);
      findings = List.copyOf(findings);
    }
  }

  /** A count over time; growth is a second, from the first quarter's lowest to the last's. */
  public record Level(long first, long last, long max, double mean, @Nullable Double growth) {}

  /** Goroutines of one state in the last lines of scheddetail, most first; at most 20. */
  public record State(String state, long count) {}
}
