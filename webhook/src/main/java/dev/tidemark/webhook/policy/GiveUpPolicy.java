package dev.tidemark.webhook.policy;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.playbook.PolicySpec.GiveUpAfter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What did not help twice is for people: a replaced pod comes back under a new fingerprint, for
 * ever.
 */
final class GiveUpPolicy implements Policy {
  private static final Set<Outcome> DID_NOT_HELP =
      EnumSet.of(Outcome.FAILED, Outcome.RECURS, Outcome.UNKNOWN, Outcome.INCONCLUSIVE);

  @Override
  public String name() {
    return "give-up-after";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    GiveUpAfter limit = facts.playbook().policy().giveUpAfter();
    Instant since = now.minus(limit.within());
    long failures =
        facts.past().stream()
            .filter(run -> run.playbook().equals(facts.playbook().name()))
            .filter(run -> run.counts(limit.per(), facts))
            .filter(run -> run.outcome() != null && DID_NOT_HELP.contains(run.outcome()))
            .filter(run -> !run.startedAt().isBefore(since))
            .count();
    String where =
        "runs that did not help, per "
            + limit.per().name().toLowerCase(Locale.ROOT)
            + " within "
            + PromDuration.format(limit.within());
    return failures >= limit.failures()
        ? new Answer.Refuse(failures + " " + where + ": left to people")
        : new Answer.Run(failures + " of " + limit.failures() + " " + where);
  }
}
