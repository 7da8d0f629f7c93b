package dev.tidemark.webhook.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The run of a playbook for an episode: at most one an episode.
 *
 * @param planHash SHA-256 of the plan: what an approval is bound to
 * @param plan the whole plan, as JSON: steps with every value filled in
 * @param mode {@code dry-run}, {@code approve} or {@code auto}
 * @param target what it acts on: the name from the configuration
 * @param wakeAt when dispatch looks at it next; null when finished
 * @param step index of the step it stands at
 * @param startedAt when its first step was allowed to run; null before
 * @param actedAt when its last step ended; null before
 * @param outcome null until known
 * @param progress what was measured and counted so far, as JSON
 */
public record Execution(
    String id,
    String episode,
    String playbook,
    String planHash,
    String plan,
    String mode,
    String target,
    String workload,
    ExecutionState state,
    Instant createdAt,
    @Nullable Instant wakeAt,
    int step,
    @Nullable Instant startedAt,
    @Nullable Instant actedAt,
    @Nullable Instant finishedAt,
    @Nullable Outcome outcome,
    String outcomeText,
    String progress)
    implements Entry {}
