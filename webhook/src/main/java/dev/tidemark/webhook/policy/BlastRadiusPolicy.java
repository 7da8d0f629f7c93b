package dev.tidemark.webhook.policy;

import java.time.Duration;
import java.time.Instant;

/** One run a target at a time, and few targets of a workload. */
final class BlastRadiusPolicy implements Policy {

  /** A run that ends wakes nobody; its end is noticed this much later. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "blast-radius";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    boolean taken =
        facts.past().stream().anyMatch(run -> run.running() && run.target().equals(facts.target()));
    if (taken) {
      return new Answer.Wait(now.plus(LOOK_AGAIN), "another run works on target " + facts.target());
    }
    long busy =
        facts.past().stream()
            .filter(run -> run.running() && run.workload().equals(facts.workload()))
            .map(PastRun::target)
            .distinct()
            .count();
    int most = facts.playbook().policy().blastRadius().maxTargets();
    return busy < most
        ? new Answer.Run(busy + " of " + most + " targets of the workload are worked on")
        : new Answer.Wait(
            now.plus(LOOK_AGAIN), "all " + most + " places for targets of the workload are taken");
  }
}
