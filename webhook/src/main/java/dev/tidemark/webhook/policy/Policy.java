package dev.tidemark.webhook.policy;

import java.time.Instant;

/** One rule. Pure: the same facts and time give the same answer. */
public interface Policy {

  /** In decisions and metrics: {@code cooldown}. */
  String name();

  Answer decide(Facts facts, Instant now);
}
