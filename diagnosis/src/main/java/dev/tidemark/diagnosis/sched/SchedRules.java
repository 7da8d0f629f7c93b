package dev.tidemark.diagnosis.sched;

import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.digits;
import static dev.tidemark.diagnosis.finding.Quantity.percent;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with how a process is scheduled; each rule has its page under docs/findings. */
final class SchedRules {
  /** Ids of all findings. */
  static final List<String> IDS =
      List.of(
          "sched-saturated", "sched-queue-growth", "sched-threads", "sched-skew", "sched-spinning");

  /** Fewer lines tell nothing of a tendency. */
  private static final int LEAST = 8;

  private SchedRules() {}

  static List<Finding> judge(SchedRun run) {
    List<Finding> findings = new ArrayList<>();
    if (run.lines < LEAST) {
      return findings;
    }
    SchedReport.Level queued = run.queued.level();
    SchedReport.Level threads = run.threads.level();
    if (run.saturated >= 0.5 * run.lines) {
      findings.add(
          Finding.suspect(
              "sched-saturated",
              "in %s of the lines all %s processors were at work with more goroutines waiting than processors (%s on average): each waits for its turn"
                  .formatted(
                      percent((double) run.saturated / run.lines),
                      count(run.processors),
                      digits(queued.mean()))));
    }
    if (run.queued.rises() && queued.last() >= Math.max(100, 4 * run.processors)) {
      findings.add(
          Finding.suspect(
              "sched-queue-growth",
              "goroutines ready to run rose in each quarter, from %s to %s: more is started than the processors finish"
                  .formatted(count(queued.first()), count(queued.last()))));
    }
    if (threads.max() >= 1000 || (run.threads.rises() && threads.last() >= threads.first() + 20)) {
      String reason =
          "%s threads with %s processors, %s at first: goroutines blocked in system calls or C hold one each, and Go does not give them back; it ends at 10,000"
              .formatted(count(threads.max()), count(run.processors), count(threads.first()));
      findings.add(
          threads.max() >= 5000
              ? Finding.leak("sched-threads", reason)
              : Finding.suspect("sched-threads", reason));
    }
    if (run.skewed >= 0.5 * run.lines) {
      findings.add(
          Finding.suspect(
              "sched-skew",
              "in %s of the lines a processor was idle while another had a queue of goroutines: the process does not get the CPUs it sees"
                  .formatted(percent((double) run.skewed / run.lines))));
    }
    if (run.spinning.level().mean() >= 0.5 * run.processors && run.processors >= 4) {
      findings.add(
          Finding.suspect(
              "sched-spinning",
              "on average %s of %s threads look for work without finding it: short bursts on many processors"
                  .formatted(digits(run.spinning.level().mean()), count(run.processors))));
    }
    return findings;
  }
}
