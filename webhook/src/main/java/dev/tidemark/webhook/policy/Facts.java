package dev.tidemark.webhook.policy;

import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.Pause;
import dev.tidemark.webhook.playbook.Playbook;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that policies look at.
 *
 * @param cluster the configuration's, empty when not set
 * @param autoAllowed whether this server may act without a person (not when anyone on the network
 *     may post alerts)
 * @param past other runs, the oldest first
 * @param seen what the servers said that the playbook has asked; empty before they are asked
 * @param prechecks what each precheck found
 * @param approval the answer to this very plan, null when there is none
 * @param approvalAskedAt when people were first asked, null before
 */
public record Facts(
    Episode episode,
    Playbook playbook,
    String target,
    String workload,
    String cluster,
    boolean autoAllowed,
    Pause pause,
    List<PastRun> past,
    List<Seen> seen,
    List<Found> prechecks,
    @Nullable Approval approval,
    @Nullable Instant approvalAskedAt) {
  public Facts {
    past = List.copyOf(past);
    seen = List.copyOf(seen);
    prechecks = List.copyOf(prechecks);
  }

  /**
   * What a precheck found.
   *
   * @param answered false when the server gave no usable answer
   */
  public record Found(String expr, boolean answered, boolean holds, String text) {}
}
