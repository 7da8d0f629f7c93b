package dev.tidemark.webhook.journal;

import org.jspecify.annotations.Nullable;

/** Sets what came of an episode; the newest counts. */
public record EpisodeOutcome(
    String episode, @Nullable String playbook, Outcome outcome, String text, boolean escalated)
    implements Entry {}
