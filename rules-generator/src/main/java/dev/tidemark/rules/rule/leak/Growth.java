package dev.tidemark.rules.rule.leak;

import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Join;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.toolkit.config.PromDuration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Growth that never comes back, judged by recording rules alone. A target leaks while all agree:
 * both halves of a window rise, straighter than noise and about alike (so no step); the rise
 * matters; the level is above the same time yesterday (so no ordinary day); either yesterday did
 * not rise so, or yesterday itself was above the day before (so no day after a step); and the level
 * has come so far from the usual one that something is at stake.
 *
 * <p>Yesterday is the target's own where it was there, else its workload's: a pod's name dies with
 * each rollout.
 *
 * @param metric what recorded names are made of
 * @param value of a target, without its workload
 * @param feed how tests bring it about
 * @param floor a rise below it never matters
 * @param perHour a rise that matters, in an hour, however far it has come; NaN: a fifth of the
 *     lowest level of a week, once it has come far
 * @param stake how far that is
 */
record Growth(
    Service service,
    String metric,
    Expr value,
    Feed feed,
    double floor,
    double perHour,
    Stake stake) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** How far the same time yesterday reaches to either side: loads do not keep to the minute. */
  private static final Duration ABOUT = Duration.ofHours(1);

  private static final String TARGET = "target";
  private static final String WORKLOAD = "workload";
  private static final String RAW = "raw";
  private static final String MAX = "max";
  private static final String YESTERDAY = "yesterday";
  private static final String MEDIAN = "yesterday_p50";
  private static final String TWO_DAYS = "yesterday_p50_min2d";
  private static final String USUAL = "usual";
  private static final String LIMIT = "limit";

  private static final double MATTERS = 0.2;
  private static final double ABOVE_YESTERDAY = 1.1;
  private static final double UNLIKE_YESTERDAY = 1.5;
  private static final double ALIKE = 0.3;

  /** A day from one to four rises by two fifths of its lowest in an hour. */
  private static final double STEEP = 0.5;

  /** From one night to the next day's rise is less. */
  private static final Duration HELD = Duration.ofHours(12);

  /** How long of that it must have been told. */
  private static final Duration SURE = Duration.ofHours(1);

  /** Fewer samples have no slope. */
  private static final int LEAST_SAMPLES = 8;

  /** In the order they must be evaluated. */
  List<Recording> recordings(List<Window> windows) {
    List<Recording> all = new ArrayList<>(levels());
    all.addAll(List.of(lowest(), yesterday()));
    if (Double.isNaN(perHour)) {
      all.addAll(List.of(median(), twoDays(), usual()));
      limits().map(limits -> recording(TARGET, LIMIT, limits)).ifPresent(all::add);
    }
    for (Window window : windows) {
      all.add(rise(window));
      all.add(leak(window));
    }
    if (Double.isNaN(perHour)) {
      Window slow = windows.get(windows.size() - 1);
      all.add(recording(TARGET, told(slow), far(matters(target(leaked(slow)), slow), slow)));
    }
    return all;
  }

  /** What each target and each workload has, in the order they must be evaluated. */
  List<Recording> levels() {
    List<Recording> all = new ArrayList<>(workloads().recordings());
    all.addAll(List.of(raw(), level(), highest()));
    return all;
  }

  /** The rise of each target that leaks so that it matters. */
  Expr leaking(List<Window> windows) {
    Expr leaks =
        windows.stream().map(w -> matters(target(leaked(w)), w)).reduce(Expr::or).orElseThrow();
    if (!Double.isNaN(perHour)) {
      return leaks;
    }
    Window slow = windows.get(windows.size() - 1);
    return far(leaks, slow).or(held(slow));
  }

  private Expr far(Expr leaks, Window slow) {
    Optional<Expr> known = limits().map(limits -> target(LIMIT));
    return leaks.and(stake.far(target(MAX), target(USUAL), known, slow.whole()));
  }

  /**
   * A slow leak does not rise at the hours when load falls, and what was told of stays told while
   * it stands above yesterday; a restart ends it. What flickered is not held.
   */
  private Expr held(Window slow) {
    Expr told = target(told(slow));
    double often = SURE.toMillis() / (double) service.settings().groupInterval().toMillis();
    return told.over("max_over_time", HELD)
        .and(told.over("count_over_time", HELD).compare(">=", Math.ceil(often)))
        .and(target(MAX).op(">", target(YESTERDAY)));
  }

  private Recording raw() {
    // beside the others of its workload: one that tells nonsense would be their highest for days
    return recording(TARGET, RAW, Targets.sensible(value.by("max", workloads().target())));
  }

  /** With the workload it belongs to. */
  Recording level() {
    return recording(TARGET, MAX, workloads().named(target(RAW)));
  }

  Recording highest() {
    return recording(WORKLOAD, MAX, target(MAX).by("max", workloads().workload()));
  }

  private Recording lowest() {
    return recording(WORKLOAD, low(), workload(MAX).over("min_over_time", remembered()));
  }

  private Recording yesterday() {
    return recording(TARGET, YESTERDAY, aboutYesterday(1));
  }

  /**
   * What was highest within two hours lies above what is usual, by more than a leak adds in hours.
   */
  private Recording median() {
    return recording(TARGET, MEDIAN, aboutYesterday(0.5));
  }

  private Recording twoDays() {
    return recording(TARGET, TWO_DAYS, leastOfTwo(target(MEDIAN), DAY));
  }

  /**
   * The level before it rose: at this time of the day, the least of three days, so that a leak that
   * was there yesterday does not hide itself; where nothing is known of those, the lowest.
   */
  private Recording usual() {
    Expr lowest = target(MAX).times(0).op("+", ofWorkload(), workload(low()));
    return recording(TARGET, USUAL, leastOfTwo(target(TWO_DAYS), DAY).or(lowest));
  }

  private static Expr leastOfTwo(Expr now, Duration ago) {
    Expr before = now.offset(ago);
    return now.op("<=", before).or(before).or(now);
  }

  private Optional<Expr> limits() {
    return stake.limits(service, target(MAX));
  }

  Recording rise(Window window) {
    Expr level = target(MAX);
    Expr rise = level.over("deriv", window.half()).times(window.half().toMillis() / 1000.0);
    Expr noise = level.over("stddev_over_time", window.half()).times(window.straight());
    Expr samples = level.over("count_over_time", window.half()).compare(">=", LEAST_SAMPLES);
    return recording(TARGET, risen(window), rise.op(">", noise).and(samples));
  }

  Recording leak(Window window) {
    Expr rise = target(risen(window));
    Expr before = rise.offset(window.half());
    Expr alike = rise.op(">", before.times(ALIKE)).and(rise.times(ALIKE).op("<", before));
    return recording(
        TARGET,
        leaked(window),
        rise.plus(before)
            .and(alike)
            .and(aboveYesterday(rise.plus(before), window))
            .unless(workloads().target(), likeYesterday(rise)));
  }

  private Expr matters(Expr rise, Window window) {
    if (!Double.isNaN(perHour)) {
      return rise.compare(">", perHour * window.whole().toMillis() / 3_600_000.0);
    }
    Expr least = workload(low()).times(MATTERS).in("clamp_min", floor);
    return rise.op(">", ofWorkload(), least);
  }

  /** Above yesterday; or where there is none, old enough, and steeper than mornings are. */
  private Expr aboveYesterday(Expr rise, Window window) {
    Expr level = target(MAX);
    Expr yesterday = target(YESTERDAY);
    Expr settled = level.over("min_over_time", window.settled());
    Expr old = level.offset(window.whole().multipliedBy(2)).unless(workloads().target(), yesterday);
    double share = STEEP * window.whole().toMillis() / 3_600_000.0;
    Expr steep = rise.op(">", ofWorkload(), workload(low()).times(share));
    return settled.op(">", yesterday.times(ABOVE_YESTERDAY)).or(old.and(steep));
  }

  private Expr likeYesterday(Expr rise) {
    Expr usual = aboutYesterday(rise, 1).by("max", workloads().workload());
    Expr ordinary = rise.op("<=", ofWorkload(), usual.times(UNLIKE_YESTERDAY));
    Expr yesterday = target(YESTERDAY);
    Expr dayBefore = yesterday.offset(DAY);
    Expr rose =
        yesterday
            .op(">", dayBefore.times(ABOVE_YESTERDAY))
            .or(yesterday.unless(workloads().target(), dayBefore));
    return ordinary.unless(workloads().target(), rose);
  }

  /** A quantile of the target's own level; where it was not there, of its workload's. */
  private Expr aboutYesterday(double quantile) {
    Expr any = target(MAX).over("max_over_time", ABOUT).times(0);
    return aboutYesterday(target(MAX), quantile)
        .or(any.op("+", ofWorkload(), aboutYesterday(workload(MAX), quantile)));
  }

  private static Expr aboutYesterday(Expr recorded, double quantile) {
    Duration about = ABOUT.multipliedBy(2);
    Expr of =
        quantile == 1 ? recorded.over("max_over_time", about) : recorded.quantile(quantile, about);
    return of.offset(DAY.minus(ABOUT));
  }

  private Workloads workloads() {
    return new Workloads(service);
  }

  private Join ofWorkload() {
    return Join.manyTo(workloads().workload());
  }

  private Duration remembered() {
    Duration kept = service.settings().retention();
    return kept.compareTo(WEEK) < 0 ? kept : WEEK;
  }

  private String low() {
    return "low" + PromDuration.format(remembered());
  }

  private static String risen(Window window) {
    return "rise" + PromDuration.format(window.half());
  }

  private static String leaked(Window window) {
    return "leak" + window.name();
  }

  /** Alerts of one service may differ in the limit. */
  private String told(Window window) {
    double limit = stake.limit();
    return "told"
        + window.name()
        + (limit == Stake.usual(metric).limit()
            ? ""
            : "_of" + BigDecimal.valueOf(limit).toPlainString().replace('.', '_'));
  }

  /** What is recorded of each target. */
  private Expr target(String operations) {
    return Recording.series(service, TARGET + ":" + metric + ":" + operations);
  }

  /** What is recorded of each workload. */
  private Expr workload(String operations) {
    return Recording.series(service, WORKLOAD + ":" + metric + ":" + operations);
  }

  private Recording recording(String level, String operations, Expr expr) {
    return Recording.of(service, level + ":" + metric + ":" + operations, expr);
  }
}
