package dev.tidemark.diagnosis.heap;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed between profiles. Values are in the unit of the sample type; what is null is not
 * known.
 *
 * @param nodes the pairs that were compared; all figures below are their sums
 * @param seconds between the two, on average over the nodes; null when a profile has no time
 * @param functions those that changed, the largest flat change first
 * @param paths those that changed, the largest growth first
 * @param clusters paths of one allocating function, the largest growth first
 */
public record HeapReport(
    List<Node> nodes,
    String sampleType,
    String unit,
    Total total,
    @Nullable Double seconds,
    List<FunctionDelta> functions,
    List<PathDelta> paths,
    List<Cluster> clusters) {
  public HeapReport {
    nodes = List.copyOf(nodes);
    functions = List.copyOf(functions);
    paths = List.copyOf(paths);
    clusters = List.copyOf(clusters);
  }

  /** One process: its profile before and after, and how much the whole grew. */
  public record Node(String base, String target, long delta) {}

  /** Sums over all samples. */
  public record Total(long base, long target, long delta) {}

  /**
   * As {@code go tool pprof -top -diff_base} says.
   *
   * @param flatDelta of what the function itself allocated
   * @param cumDelta with all that it called
   */
  public record FunctionDelta(String function, long flatDelta, long cumDelta) {}

  /**
   * An allocation stack.
   *
   * @param rank 1 for the path that grew most
   * @param objects gained; null when the profile does not count objects
   * @param share of all growth, 0 to 1; 0 when the path shrank
   * @param growingOn on how many nodes it grew
   * @param stack innermost first
   */
  public record PathDelta(
      int rank,
      long base,
      long delta,
      @Nullable Long objects,
      double share,
      int growingOn,
      Finding finding,
      List<Frame> stack) {
    public PathDelta {
      stack = List.copyOf(stack);
    }
  }

  /**
   * Paths that allocate in one function, however they got there.
   *
   * @param at the innermost frame outside of Go's own code
   * @param ranks of its paths
   * @param shared frames that all its paths share, innermost first
   */
  public record Cluster(
      Frame at, long delta, @Nullable Long objects, List<Integer> ranks, List<Frame> shared) {
    public Cluster {
      ranks = List.copyOf(ranks);
      shared = List.copyOf(shared);
    }

    /** Whether it says more than its only path does. */
    public boolean isOfSeveral() {
      return ranks.size() > 1;
    }
  }

  /** The worst of all verdicts. */
  public Verdict worst() {
    return paths.stream()
        .map(path -> path.finding().verdict())
        .max(Verdict::compareTo)
        .orElse(Verdict.NORMAL);
  }
}
