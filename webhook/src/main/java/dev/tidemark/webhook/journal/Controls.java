package dev.tidemark.webhook.journal;

import java.util.concurrent.CompletableFuture;

/** What people tell the webhook. Futures as in {@link ReceiptLog#append}. */
public interface Controls {

  /**
   * Stores a person's answer to the plan that waits. Fails with NOT_FOUND, NOT_WAITING or
   * PLAN_CHANGED when it does not fit; the caller has checked that the user may.
   */
  CompletableFuture<Approval> answer(Approval approval);

  /**
   * Stops or lets go on all acting. Idempotent: the same state again keeps the first's time and
   * reason.
   */
  CompletableFuture<Pause> setPause(Pause pause);
}
