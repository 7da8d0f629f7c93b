package dev.tidemark.webhook.policy;

import java.time.Instant;

/** Acts on one cluster only. */
final class ClusterPolicy implements Policy {
  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    String alert = facts.episode().cluster();
    if (alert.isEmpty()) {
      return new Answer.Run("the alert names no cluster");
    }
    if (facts.cluster().isEmpty()) {
      return new Answer.Refuse(
          "the alert is of cluster "
              + alert
              + ", and the configuration does not say which cluster this is");
    }
    return alert.equals(facts.cluster())
        ? new Answer.Run("the alert is of this cluster, " + alert)
        : new Answer.Refuse(
            "the alert is of cluster " + alert + ", this webhook acts on " + facts.cluster());
  }
}
