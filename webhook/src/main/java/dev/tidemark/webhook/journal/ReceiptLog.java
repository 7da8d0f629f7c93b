package dev.tidemark.webhook.journal;

import java.util.concurrent.CompletableFuture;

/** Takes notifications in. */
public interface ReceiptLog {

  /**
   * Stores a notification and what it means for the episodes of all its alerts. Never blocks. The
   * future completes after the fsync, on the writer's thread (hand over before doing anything
   * slow); it fails with {@link JournalException} FULL, WRITE or CLOSED, and then nothing of it is
   * stored.
   */
  CompletableFuture<Receipt> append(Arrival arrival);
}
