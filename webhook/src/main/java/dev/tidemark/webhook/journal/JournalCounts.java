package dev.tidemark.webhook.journal;

/** Totals of the journal as it is now. */
public record JournalCounts(
    long receipts, long episodesFiring, long executionsUnfinished, long waitingForApproval) {}
