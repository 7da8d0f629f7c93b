package dev.tidemark.diagnosis.heap;

/** What one allocation stack held before and after, over all nodes. */
final class PathSum {
  private final int[] frames;
  private long base;
  private long target;
  private long baseObjects;
  private long targetObjects;
  private long thisNode;
  private int growingOn;

  /** Takes over the array. */
  PathSum(int[] frames) {
    this.frames = frames;
  }

  void add(boolean isTarget, long value, long objects) {
    if (isTarget) {
      target += value;
      targetObjects += objects;
      thisNode += value;
    } else {
      base += value;
      baseObjects += objects;
      thisNode -= value;
    }
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

  long thisNode() {
    return thisNode;
  }

  int growingOn() {
    return growingOn;
  }
}
