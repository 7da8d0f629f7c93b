package dev.tidemark.webhook.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * What the playbook says must hold. A server that does not answer is asked again; no data is a no.
 */
final class PrecheckPolicy implements Policy {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  @Override
  public String name() {
    return "precheck";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    for (Facts.Found found : facts.prechecks()) {
      if (!found.answered()) {
        return new Answer.Wait(now.plus(LOOK_AGAIN), found.expr() + ": " + found.text());
      }
      if (!found.holds()) {
        return new Answer.Refuse(found.expr() + ": " + found.text());
      }
    }
    int count = facts.prechecks().size();
    return new Answer.Run(count == 0 ? "no prechecks" : "all " + count + " prechecks hold");
  }
}
