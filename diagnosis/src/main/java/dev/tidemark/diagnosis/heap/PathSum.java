package dev.tidemark.diagnosis.heap;

import java.util.BitSet;

/** What one allocation stack held before and after, over all nodes. */
final class PathSum {
  /**
   * What one sample holds.
   *
   * @param value of the type that is compared
   * @param bytes of its objects; 0 when the profile does not tell
   */
  record Held(long value, long objects, long bytes) {}

  private final int[] frames;
  private long base;
  private long target;
  private long baseObjects;
  private long targetObjects;
  private long baseBytes;
  private long targetBytes;
  private long thisNode;
  private int growingOn;
  private final BitSet nodesBefore = new BitSet();
  private final BitSet nodesAfter = new BitSet();

  /** Takes over the array. */
  PathSum(int[] frames) {
    this.frames = frames;
  }

  /** Adds what a profile of a node holds of it. */
  void add(int node, boolean isTarget, Held held) {
    if (isTarget) {
      target += held.value();
      targetObjects += held.objects();
      targetBytes += held.bytes();
      thisNode += held.value();
      nodesAfter.set(node);
    } else {
      base += held.value();
      baseObjects += held.objects();
      baseBytes += held.bytes();
      thisNode -= held.value();
      nodesBefore.set(node);
    }
  }

  /** Whether no profile of a node holds both: then they may be one path of several builds. */
  boolean isElsewhere(PathSum other) {
    return !nodesBefore.intersects(other.nodesBefore) && !nodesAfter.intersects(other.nodesAfter);
  }

  /** Adds what another build of the program held of the same path. */
  void merge(PathSum other) {
    base += other.base;
    target += other.target;
    baseObjects += other.baseObjects;
    targetObjects += other.targetObjects;
    baseBytes += other.baseBytes;
    targetBytes += other.targetBytes;
    growingOn += other.growingOn;
    nodesBefore.or(other.nodesBefore);
    nodesAfter.or(other.nodesAfter);
  }

  /** Forgets on how many nodes it grew: its functions tell. */
  PathSum countedByFunctions() {
    growingOn = 0;
    return this;
  }

  /** A copy with the same frames, to merge others into. */
  PathSum copy() {
    PathSum copy = new PathSum(frames);
    copy.merge(this);
    return copy;
  }

  void endOfNode() {
    growingOn += thisNode > 0 ? 1 : 0;
    thisNode = 0;
  }

  int size() {
    return frames.length;
  }

  int frame(int index) {
    return frames[index];
  }

  long base() {
    return base;
  }

  long delta() {
    return target - base;
  }

  long objects() {
    return targetObjects - baseObjects;
  }

  long baseBytes() {
    return baseBytes;
  }

  long bytes() {
    return targetBytes - baseBytes;
  }

  int[] frames() {
    return frames.clone();
  }

  long thisNode() {
    return thisNode;
  }

  int growingOn() {
    return growingOn;
  }
}
