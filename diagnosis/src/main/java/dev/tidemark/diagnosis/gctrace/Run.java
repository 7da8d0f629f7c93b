package dev.tidemark.diagnosis.gctrace;

import org.jspecify.annotations.Nullable;

/** What is kept of one process: sums, spreads and the last collection. Not for several threads. */
final class Run {
  /** Closer together than this is too often at start-up. */
  static final double CLOSE_SECONDS = 0.05;

  /** What counts as start-up. */
  static final double STARTUP_SECONDS = 10;

  /** Live heaps below this many MiB tell no ratio: lines give whole MiB. */
  static final double LEAST_LIVE = 8;

  /** What a shorter time shows is a start, or one burst. */
  static final double LEAST_SECONDS = 1;

  /** The runtime collects at the latest after this time (forcegcperiod in runtime/proc.go). */
  private static final double PERIOD_SECONDS = 120;

  /** Collections over which the highest share of CPU is taken. */
  private static final int WINDOW = 10;

  final String process;
  final Form form;

  /** When it was last heard of, for whoever tells processes apart. */
  long touched;

  long cycles;
  long forced;
  long periodic;
  long processors;
  double firstAt;
  double firstLive;
  double peakLive;
  double peakHeap;
  double peakGoal;
  double peakStacks;
  double peakGlobals;
  double allocated;
  double allocationSeconds;
  double worstShare;
  final Spread pauses = new Spread();
  final Spread intervals = new Spread();
  final Spread assists = new Spread();
  final Spread costs = new Spread();
  final Spread forcedCosts = new Spread();
  final Spread scanned = new Spread();
  final Spread gogc = new Spread();
  final Course live = new Course();
  final Streak startup = new Streak();
  final Streak tight = new Streak();
  private final Known known;
  private double pauseTotal;
  private double windowFrom;
  private double windowCost;
  private int inWindow;
  private @Nullable Cycle last;

  Run(String process, Cycle first, Known known) {
    this.process = process;
    this.known = known;
    this.form = first.form();
    this.firstAt = first.at();
    this.firstLive = first.live();
    this.windowFrom = first.at();
    accept(first);
  }

  /** Takes the next collection of this process in. */
  final void accept(Cycle cycle) {
    cycles++;
    known.add(Known.print(cycle));
    forced += cycle.forced() ? 1 : 0;
    processors = Math.max(processors, cycle.processors());
    peakLive = Math.max(peakLive, cycle.live());
    peakHeap = Math.max(peakHeap, Math.max(cycle.before(), cycle.after()));
    peakGoal = larger(peakGoal, cycle.goal());
    peakStacks = larger(peakStacks, cycle.stacks());
    peakGlobals = larger(peakGlobals, cycle.globals());
    pauseTotal += cycle.pauses();
    pauses.add(cycle.longestPause());
    (cycle.forced() ? forcedCosts : costs).add(cycle.cost());
    if (!cycle.forced()) {
      assists.add(cycle.assist());
      scanned.add(cycle.live() + roots(cycle));
    }
    live.add(Double.isNaN(cycle.at()) ? cycles : cycle.at(), cycle.live());
    Cycle before = last;
    if (before != null && !Double.isNaN(cycle.at())) {
      follow(before, cycle);
    }
    last = cycle;
  }

  /** Whether this very collection was taken in before: the log, or a part of it, comes twice. */
  boolean holds(long print) {
    return known.holds(print);
  }

  private void follow(Cycle before, Cycle cycle) {
    double interval = cycle.at() - before.at();
    boolean next = cycle.number() == before.number() + 1;
    if (next) {
      allocated += Math.max(0, cycle.after() - before.live());
      allocationSeconds += interval;
    }
    if (!cycle.forced()) {
      intervals.add(interval);
      boolean isPeriodic = interval >= PERIOD_SECONDS && cycle.before() < 0.9 * cycle.goal();
      periodic += isPeriodic ? 1 : 0;
    }
    double space = (cycle.goal() - before.live()) / Math.max(before.live(), 1);
    boolean tells = next && before.live() >= LEAST_LIVE;
    if (tells) {
      gogc.add(100 * (cycle.goal() - before.live()) / (before.live() + roots(before)));
    }
    boolean close = next && !cycle.forced() && interval < CLOSE_SECONDS;
    startup.next(close && cycle.at() < STARTUP_SECONDS, cycle, interval, space);
    tight.next(tells && !cycle.forced() && space < 0.2, cycle, interval, space);
    windowCost += cycle.cost();
    if (++inWindow == WINDOW) {
      double available = Math.max(cycle.at() - windowFrom, 1e-3) * 1000 * processors;
      worstShare = Math.max(worstShare, Math.min(1, windowCost / available));
      windowFrom = cycle.at();
      windowCost = 0;
      inWindow = 0;
    }
  }

  private static double larger(double most, double value) {
    return value > most ? value : most;
  }

  static double roots(Cycle cycle) {
    return Double.isNaN(cycle.stacks()) ? 0 : cycle.stacks() + cycle.globals();
  }

  double roots() {
    return peakStacks + peakGlobals;
  }

  Cycle last() {
    return java.util.Objects.requireNonNull(last);
  }

  double pauseTotal() {
    return pauseTotal;
  }

  /** From the first collection to the last, NaN where lines tell no time. */
  double seconds() {
    return last().at() - firstAt;
  }

  /** MiB a second, NaN when it cannot be told, or of too short a time. */
  double allocationRate() {
    return allocationSeconds >= LEAST_SECONDS ? allocated / allocationSeconds : Double.NaN;
  }

  /** CPU of the collector as a ratio of all that was there, NaN when it cannot be told. */
  double cpuShare() {
    double available = seconds() * 1000 * processors;
    return available > 0 ? Math.min(1, (costs.sum() + forcedCosts.sum()) / available) : Double.NaN;
  }

  /** Assists as a ratio of what the collector took in collections nobody forced. */
  double assistShare() {
    return costs.sum() > 0 ? assists.sum() / costs.sum() : Double.NaN;
  }
}
