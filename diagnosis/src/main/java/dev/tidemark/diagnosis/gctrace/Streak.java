package dev.tidemark.diagnosis.gctrace;

/**
 * The longest unbroken run of collections that meet a condition, with what they cost. Sizes in MiB.
 */
final class Streak {
  private int count;
  private double seconds;
  private double cpuMillis;
  private double room;
  private double live;
  private int longest;
  private double longestSeconds;
  private double longestCpu;
  private double longestRoom;
  private double longestLive;

  /**
   * Takes one collection in.
   *
   * @param interval seconds since the one before
   * @param space from the live heap to the goal, as a ratio of the live heap
   */
  void next(boolean met, Cycle cycle, double interval, double space) {
    if (!met) {
      count = 0;
      seconds = 0;
      cpuMillis = 0;
      room = 0;
      live = 0;
      return;
    }
    count++;
    seconds += interval;
    cpuMillis += cycle.cost();
    room += space;
    live = Math.max(live, cycle.live());
    if (count > longest) {
      longest = count;
      longestSeconds = seconds;
      longestCpu = cpuMillis;
      longestRoom = room / count;
      longestLive = live;
    }
  }

  int count() {
    return longest;
  }

  double seconds() {
    return longestSeconds;
  }

  /** CPU of the collector as a ratio of what so many processors have in that time. */
  double cpuShare(long processors) {
    return longestCpu / 1000 / Math.max(longestSeconds, 1e-3) / Math.max(processors, 1);
  }

  /** Mean of what was left above the live heap, as a ratio of it. */
  double room() {
    return longestRoom;
  }

  double peakLive() {
    return longestLive;
  }
}
