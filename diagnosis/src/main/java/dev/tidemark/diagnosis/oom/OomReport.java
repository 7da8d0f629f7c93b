package dev.tidemark.diagnosis.oom;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened when memory ran out. Bytes and seconds; null is not known.
 *
 * @param killsLeftOut kills beyond the first 500
 * @param patterns most likely first
 * @param missing evidence that would tell more
 */
public record OomReport(
    List<Kill> kills,
    long killsLeftOut,
    @Nullable GoDeath death,
    @Nullable Cgroup cgroup,
    @Nullable Smaps smaps,
    Accounting accounting,
    List<Event> timeline,
    List<Pattern> patterns,
    List<String> missing) {

  public OomReport {
    kills = List.copyOf(kills);
    timeline = List.copyOf(timeline);
    patterns = List.copyOf(patterns);
    missing = List.copyOf(missing);
  }

  /**
   * What the kernel counted against what Go knew.
   *
   * @param counted by the kernel: the victim's resident memory, else the process', else the cgroup
   * @param countedFrom which of them
   * @param anon of the whole container, as file, shmem and kernel are
   * @param goHeld what the Go runtime had and had not given back
   * @param outside counted and not held by Go; negative when Go's figures are of another time
   * @param goLive reachable at the last collection
   * @param goIdle free, and not given back
   * @param goGaps in use by the heap's spans, and by no object
   * @param goAge seconds by which Go's figures are older than the kill, at least; null when not
   *     known, or when they may be of the same moment
   */
  public record Accounting(
      @Nullable Long limit,
      @Nullable Long counted,
      @Nullable String countedFrom,
      @Nullable Long anon,
      @Nullable Long file,
      @Nullable Long shmem,
      @Nullable Long kernel,
      @Nullable Long goHeld,
      @Nullable Long outside,
      @Nullable Long goLive,
      @Nullable Long goHeapInuse,
      @Nullable Long goIdle,
      @Nullable Long goGaps,
      @Nullable Long goStacks,
      @Nullable Long goroutines,
      @Nullable Long gomemlimit,
      @Nullable Long nextGoal,
      @Nullable Double goAge) {}

  /**
   * One event of the timeline.
   *
   * @param at null when no clock places it among the others; these come last
   * @param uncertainty seconds to both sides; null when no clock tells a time at all
   * @param clock which told it, and what was assumed
   * @param group events with the same number lie within the window of each other, or their clocks
   *     cannot tell them apart
   */
  public record Event(
      @Nullable String at,
      @Nullable Double uptime,
      @Nullable Double uncertainty,
      String clock,
      String source,
      String what,
      int group) {}

  /**
   * One kind of death, weighed.
   *
   * @param id name of its page under docs/findings
   * @param evidence for it
   * @param against it
   */
  public record Pattern(
      String id, Verdict verdict, String reason, List<String> evidence, List<String> against) {
    public Pattern {
      evidence = List.copyOf(evidence);
      against = List.copyOf(against);
    }
  }

  /** The worst that was found. */
  public Verdict worst() {
    return patterns.stream().map(Pattern::verdict).max(Verdict::compareTo).orElse(Verdict.NORMAL);
  }
}
