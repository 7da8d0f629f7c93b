package dev.tidemark.diagnosis.heap;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Quantity;
import dev.tidemark.diagnosis.pprof.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Ranks paths by growth and judges each; every id has a page under docs/findings. */
final class PathRules {
  /** Of all growth: below it a path may grow without being the cause. */
  private static final double LARGE_SHARE = 0.2;

  /** Of what the process held before: a heap that grew by less is not leaking visibly. */
  private static final double GREW = 0.1;

  /** Of the nodes; on fewer it may be what they happened to serve. */
  private static final double MOST_NODES = 0.8;

  private static final long LARGE_BYTES = 1L << 20;

  /** How far chance alone takes a count of samples: twice its standard deviation. */
  private static final double CHANCE = 2;

  /**
   * What is compared.
   *
   * @param period bytes between two samples on average; 1 when all was counted
   */
  record Kind(ValueType type, boolean countsObjects, long period) {}

  private final HeapOptions options;
  private final ValueType type;
  private final HeapReport.Total total;
  private final int nodes;
  private final boolean countsObjects;
  private final long period;

  PathRules(HeapOptions options, Kind kind, HeapReport.Total total, int nodes) {
    this.options = options;
    this.type = kind.type();
    this.total = total;
    this.nodes = nodes;
    this.countsObjects = kind.countsObjects();
    this.period = kind.period();
  }

  List<HeapReport.PathDelta> judge(
      Collection<PathSum> paths, Frames frames, ToIntFunction<PathSum> growingOn) {
    List<PathSum> ranked =
        paths.stream()
            .filter(path -> path.delta() != 0 || path.objects() != 0)
            .sorted(
                Comparator.comparingLong(PathSum::delta)
                    .thenComparingLong(PathSum::objects)
                    .reversed()
                    .thenComparing(path -> name(path, frames)))
            .toList();
    double growth = ranked.stream().mapToDouble(path -> Math.max(0, path.delta())).sum();
    List<HeapReport.PathDelta> judged = new ArrayList<>(ranked.size());
    for (PathSum path : ranked) {
      List<Frame> stack = stack(path, frames);
      double share = growth == 0 ? 0 : Math.max(0, path.delta()) / growth;
      judged.add(
          new HeapReport.PathDelta(
              judged.size() + 1,
              path.base(),
              path.delta(),
              countsObjects ? path.objects() : null,
              share,
              growingOn.applyAsInt(path),
              finding(path, share, growingOn.applyAsInt(path), stack),
              stack));
    }
    return judged;
  }

  private Finding finding(PathSum path, double share, int growingOn, List<Frame> stack) {
    if (!isHeld() || path.delta() <= 0) {
      return Finding.normal(
          "heap-normal",
          path.delta() <= 0 ? "holds no more than before" : "says what was used, not what is held");
    }
    boolean many = countsObjects && path.objects() >= options.threshold();
    boolean large = Units.isBytes(type.unit()) && path.delta() >= LARGE_BYTES;
    boolean grew = total.delta() >= GREW * total.base();
    String gained =
        gained(path, share)
            + (nodes > 1 ? ", growing on " + growingOn + " of " + nodes + " nodes" : "");
    if (!many && !(large && share >= LARGE_SHARE && grew)) {
      return Finding.normal(
          "heap-normal",
          countsObjects
              ? "gained less than " + Quantity.count(options.threshold()) + " objects"
              : gained + "; the profile does not tell in how many objects");
    }
    if (isChance(path)) {
      return Finding.normal("heap-noise", gained + ": no more than sampling shows by chance");
    }
    if (isStartUp(stack)) {
      return Finding.normal("heap-start-up", gained + ", while packages were initialised");
    }
    if (!many) {
      return Finding.suspect(
          "heap-large-objects",
          countsObjects
              ? gained
                  + ": fewer than "
                  + Quantity.count(options.threshold())
                  + " objects, but large"
              : gained + "; the profile does not tell in how many objects");
    }
    if (nodes > 1 && growingOn >= Math.max(2, MOST_NODES * nodes)) {
      return Finding.leak("heap-growth-on-many-nodes", gained);
    }
    return share >= LARGE_SHARE && grew
        ? Finding.leak("heap-path-growth", gained)
        : Finding.suspect("heap-path-growth", gained);
  }

  /**
   * Whether the gain is what sampling makes of a heap that stays as it is: each sample stands for
   * {@code period} bytes of small objects, and their number varies as a Poisson variable does.
   */
  private boolean isChance(PathSum path) {
    if (period <= 1) {
      return false;
    }
    boolean allSeen = countsObjects && path.bytes() / Math.max(1, path.objects()) >= 4 * period;
    double gained = (double) path.bytes() / period;
    double seen = (2.0 * path.baseBytes() + path.bytes()) / period;
    return !allSeen && gained < CHANCE * Math.sqrt(Math.max(seen, 0));
  }

  private String gained(PathSum path, double share) {
    boolean bytes = Units.isBytes(type.unit());
    String amount =
        bytes
            ? Quantity.bytes(path.delta())
            : Quantity.count(path.delta()) + (countsObjects ? " objects" : " " + type.type());
    String objects =
        countsObjects && bytes ? " in " + Quantity.count(path.objects()) + " objects" : "";
    return "gained " + amount + objects + ", " + Quantity.percent(share) + " of all growth";
  }

  /** Whether the values say what is held now; others say what was ever used. */
  private boolean isHeld() {
    return type.type().startsWith("inuse_")
        || type.type().equals("space")
        || type.type().equals("objects");
  }

  private static boolean isStartUp(List<Frame> stack) {
    return stack.stream().anyMatch(frame -> frame.function().startsWith("runtime.doInit"));
  }

  private static List<Frame> stack(PathSum path, Frames frames) {
    List<Frame> stack = new ArrayList<>(path.size());
    for (int i = 0; i < path.size(); i++) {
      stack.add(frames.frame(path.frame(i)));
    }
    return stack;
  }

  private static String name(PathSum path, Frames frames) {
    return path.size() == 0 ? "" : stack(path, frames).toString();
  }
}
