package dev.tidemark.webhook.policy;

import java.time.Instant;

/** What a policy says, with its reason in one sentence. */
public sealed interface Answer {
  String reason();

  /** Nothing against it. */
  record Run(String reason) implements Answer {}

  /** Not now; ask again at that time. The reason must not change merely because time passes. */
  record Wait(Instant until, String reason) implements Answer {}

  /** Not at all in this episode. */
  record Refuse(String reason) implements Answer {}
}
