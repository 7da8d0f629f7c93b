package dev.tidemark.webhook.journal;

/**
 * What dispatch appends. Several in one {@link ExecutionLog#commit} are stored together or not at
 * all.
 */
public sealed interface Entry
    permits Decision,
        EpisodeEvent,
        EpisodeOutcome,
        EpisodeSeen,
        Evidence,
        Execution,
        Finding,
        StepRecord {}
