package dev.tidemark.webhook.policy;

import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.playbook.Per;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Another run that began to act. */
public record PastRun(
    String playbook,
    String target,
    String workload,
    Instant startedAt,
    boolean running,
    @Nullable Outcome outcome) {

  /** Whether it counts for a limit of the run that these facts are about. */
  boolean counts(Per per, Facts facts) {
    return switch (per) {
      case TARGET -> target.equals(facts.target());
      case WORKLOAD -> workload.equals(facts.workload());
      case PLAYBOOK -> playbook.equals(facts.playbook().name());
      case CLUSTER -> true;
    };
  }
}
