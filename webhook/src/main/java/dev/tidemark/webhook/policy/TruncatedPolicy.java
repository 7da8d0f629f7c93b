package dev.tidemark.webhook.policy;

import java.time.Instant;

/** Who does not know how many alerts fire does not know how much is broken. */
final class TruncatedPolicy implements Policy {
  @Override
  public String name() {
    return "truncated";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    long left = facts.episode().truncatedAlerts();
    return left == 0
        ? new Answer.Run("the notification was complete")
        : new Answer.Refuse(
            "the notification left out "
                + left
                + " alerts, so nobody knows how much is affected: set max_alerts: 0 in Alertmanager");
  }
}
