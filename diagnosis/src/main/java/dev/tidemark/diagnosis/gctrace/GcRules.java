package dev.tidemark.diagnosis.gctrace;

import static dev.tidemark.diagnosis.finding.Quantity.bytes;
import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.percent;
import static dev.tidemark.diagnosis.finding.Quantity.seconds;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with how a process collects; each rule has its page under docs/findings. */
final class GcRules {
  /** Ids of all findings. */
  static final List<String> IDS =
      List.of(
          "gc-startup-churn",
          "gc-thrash",
          "gc-goal-above-limit",
          "gomemlimit-above-limit",
          "gc-long-pause",
          "gc-assists",
          "gc-forced",
          "gc-live-growth");

  private static final double MIB = 1 << 20;
  private static final int STARTUP_LEAST = 10;
  private static final int TIGHT_LEAST = 5;
  private static final int ASSIST_LEAST = 10;
  private static final double LONG_PAUSE_MS = 10;
  private static final double VERY_LONG_PAUSE_MS = 100;

  private final Run run;
  private final GcOptions options;

  private GcRules(Run run, GcOptions options) {
    this.run = run;
    this.options = options;
  }

  static List<Finding> judge(Run run, GcOptions options) {
    GcRules rules = new GcRules(run, options);
    List<Finding> findings = new ArrayList<>();
    rules.thrash().ifPresent(findings::add);
    rules.goal().ifPresent(findings::add);
    rules.gomemlimit().ifPresent(findings::add);
    rules.growth().ifPresent(findings::add);
    rules.startup().ifPresent(findings::add);
    rules.pause().ifPresent(findings::add);
    rules.assists().ifPresent(findings::add);
    rules.forced().ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> startup() {
    Streak streak = run.startup;
    boolean grew = run.firstLive >= 1 && streak.peakLive() > 2 * run.firstLive;
    if (streak.count() < STARTUP_LEAST || (grew && streak.peakLive() > Run.LEAST_LIVE)) {
      return Optional.empty();
    }
    double interval = streak.seconds() / streak.count();
    String reason =
        "%s collections in a row %s apart in the first %s while the live heap stayed below %s: a larger GOGC, or GOMEMLIMIT with GOGC=off until it is reached, saves them"
            .formatted(
                count(streak.count()),
                seconds(interval),
                seconds(Run.STARTUP_SECONDS),
                bytes((long) ((streak.peakLive() + 1) * MIB)));
    return Optional.of(Finding.suspect("gc-startup-churn", reason));
  }

  private Optional<Finding> thrash() {
    Streak streak = run.tight;
    double share = streak.cpuShare(run.processors);
    if (streak.count() < TIGHT_LEAST || share < 0.1) {
      return Optional.empty();
    }
    String reason =
        "%s collections in a row with the goal %s above the live heap of up to %s, taking %s of the CPU for %s: GOMEMLIMIT is reached (or GOGC is very small), and the collector runs instead of the program"
            .formatted(
                count(streak.count()),
                percent(Math.max(0, streak.room())),
                bytes((long) (streak.peakLive() * MIB)),
                percent(Math.min(1, share)),
                seconds(streak.seconds()));
    return Optional.of(
        share >= 0.25 ? Finding.leak("gc-thrash", reason) : Finding.suspect("gc-thrash", reason));
  }

  private Optional<Finding> goal() {
    Long limit = options.limit();
    if (limit == null || run.peakGoal <= 0) {
      return Optional.empty();
    }
    double needed = (run.peakGoal + run.roots()) * MIB;
    if (needed <= 0.9 * limit) {
      return Optional.empty();
    }
    String reason =
        "the heap may grow to its goal of %s, with stacks and globals %s, before a collection; the limit is %s"
            .formatted(bytes((long) (run.peakGoal * MIB)), bytes((long) needed), bytes(limit));
    return Optional.of(
        needed > limit
            ? Finding.leak("gc-goal-above-limit", reason)
            : Finding.suspect("gc-goal-above-limit", reason));
  }

  private Optional<Finding> gomemlimit() {
    Long limit = options.limit();
    Long soft = options.gomemlimit();
    if (limit == null || soft == null || soft <= 0.95 * limit) {
      return Optional.empty();
    }
    String reason =
        "GOMEMLIMIT is %s and the limit %s: what Go does not count (the program itself, C memory, page cache) needs 5 to 10 %% of it"
            .formatted(bytes(soft), bytes(limit));
    return Optional.of(
        soft > limit
            ? Finding.leak("gomemlimit-above-limit", reason)
            : Finding.suspect("gomemlimit-above-limit", reason));
  }

  private Optional<Finding> pause() {
    double longest = run.pauses.max();
    if (longest < LONG_PAUSE_MS) {
      return Optional.empty();
    }
    String reason =
        "the longest stop of the world took %s (99 %% took %s or less): mostly a container whose CPU is throttled, or too few processors"
            .formatted(seconds(longest / 1000), seconds(run.pauses.quantile(0.99) / 1000));
    return Optional.of(
        longest >= VERY_LONG_PAUSE_MS
            ? Finding.leak("gc-long-pause", reason)
            : Finding.suspect("gc-long-pause", reason));
  }

  private Optional<Finding> assists() {
    double share = run.assistShare();
    if (run.costs.count() < ASSIST_LEAST || !(share >= 0.25) || !(run.cpuShare() >= 0.01)) {
      return Optional.empty();
    }
    double rate = run.allocationRate();
    String reason =
        "%s of the collector's CPU was paid by goroutines that allocated (mark assist)%s: requests are slower while it collects"
            .formatted(
                percent(share),
                Double.isNaN(rate)
                    ? ""
                    : ", " + bytes((long) (rate * MIB)) + " allocated a second");
    return Optional.of(Finding.suspect("gc-assists", reason));
  }

  private Optional<Finding> forced() {
    double span = run.seconds();
    boolean often = run.forced >= 10 && run.forced > run.cycles / 2;
    if (!often || !(span / run.forced < 30)) {
      return Optional.empty();
    }
    String reason =
        "%s of %s collections were forced by runtime.GC or debug.FreeOSMemory, one each %s"
            .formatted(count(run.forced), count(run.cycles), seconds(span / run.forced));
    return Optional.of(Finding.suspect("gc-forced", reason));
  }

  private Optional<Finding> growth() {
    double span = run.seconds();
    double[] troughs = run.live.troughs();
    for (int i = 1; i < troughs.length; i++) {
      if (troughs[i] <= troughs[i - 1]) {
        return Optional.empty();
      }
    }
    if (troughs.length == 0
        || span < GcReport.GROWTH_SECONDS
        || troughs[troughs.length - 1] < Math.max(1.5 * troughs[0], troughs[0] + 8)) {
      return Optional.empty();
    }
    String reason =
        "the live heap rose in each quarter of the log%s, from %s to %s: compare two heap profiles"
            .formatted(
                Double.isNaN(span)
                    ? ""
                    : " (%s collections in %s)".formatted(count(run.cycles), seconds(span)),
                bytes((long) (troughs[0] * MIB)),
                bytes((long) (troughs[troughs.length - 1] * MIB)));
    double growth = run.live.growth();
    if (span >= 600 && growth > 0) {
      reason += ", it grows by " + bytes((long) (growth * 3600 * MIB)) + " an hour";
    } else if (span >= 60 && growth > 0) {
      reason += ", it grows by " + bytes((long) (growth * 60 * MIB)) + " a minute";
    }
    return Optional.of(Finding.suspect("gc-live-growth", reason));
  }
}
