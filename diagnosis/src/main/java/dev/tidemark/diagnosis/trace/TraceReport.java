package dev.tidemark.diagnosis.trace;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an execution trace tells. Seconds; null is not known.
 *
 * @param events of all kinds
 * @param created goroutines that the trace saw begin
 * @param ended of these
 * @param leftOut goroutines beyond the first million, which are not followed
 */
public record TraceReport(
    String file,
    long events,
    double seconds,
    long created,
    long ended,
    long leftOut,
    boolean truncated,
    List<Starts> starts,
    Collections collections,
    Delays delays,
    List<Finding> findings) {
  public TraceReport {
    starts = List.copyOf(starts);
    findings = List.copyOf(findings);
  }

  /**
   * Goroutines with one start function, the most that did not end first; at most 1,000.
   *
   * @param createdAt the go statement of the first of them
   * @param alive created in the trace and not ended
   * @param states of those alive when the trace ends
   */
  public record Starts(
      String function,
      @Nullable String place,
      @Nullable String createdAt,
      long created,
      long ended,
      long alive,
      List<State> states) {
    public Starts {
      states = List.copyOf(states);
    }
  }

  /** Goroutines in one state: what they wait for, runnable, running or syscall. */
  public record State(String state, long count) {}

  /**
   * The collector.
   *
   * @param marking seconds with a collection under way
   * @param stops of the world, for any reason
   * @param assists seconds of goroutines that helped, all together
   */
  public record Collections(
      long cycles,
      double marking,
      long stops,
      double stopped,
      double longestStop,
      double assists) {}

  /** From ready to running, seconds. */
  public record Delays(
      long count, @Nullable Double median, @Nullable Double p99, @Nullable Double max) {}
}
