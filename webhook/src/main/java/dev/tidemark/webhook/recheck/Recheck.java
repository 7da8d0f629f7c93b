package dev.tidemark.webhook.recheck;

import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.policy.Seen;
import java.time.Instant;

/**
 * One server that can say whether an alert fires now. Blocks; never throws: no answer is an answer.
 */
public interface Recheck {
  Seen look(Episode episode, Instant now);
}
