package dev.tidemark.webhook.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What dispatch reads and appends. Every method blocks; a write returns after its fsync. Only one
 * dispatch may write. Throws {@link JournalException} WRITE, FULL or CLOSED, and then nothing of
 * the call is stored.
 */
public interface ExecutionLog {

  /**
   * Appends all or nothing. An execution that is finished stays as it is: IllegalStateException.
   */
  void commit(Entry... entries);

  /** Firing episodes that no playbook was looked up for, oldest first. */
  List<Episode> unplanned(int limit);

  /** Unfinished executions whose time has come, the longest due first. */
  List<Execution> due(Instant now, int limit);

  /** When the next unfinished execution is due. */
  Optional<Instant> nextWake();

  /** Executions that began to run at or after a time, in any state now: what limits count. */
  List<Execution> startedSince(Instant since);

  /** Executions that began to run and are not finished: what holds a target. */
  List<Execution> running();

  /** The newest answer to a plan with that hash. */
  Optional<Approval> answer(String episode, String planHash);

  /** Firing episodes not heard of since a time. */
  List<Episode> silentSince(Instant before, int limit);

  /** Closes an episode as expired unless it was heard of since; says whether it did. */
  boolean expire(String episode, Instant silentSince, Instant at, String reason);

  /**
   * Removes receipts, and closed episodes without unfinished execution, older than the given times.
   *
   * @return the ids of the episodes removed, whose evidence is to be deleted
   */
  List<String> prune(Instant receiptsBefore, Instant episodesBefore);

  /**
   * Calls back (on any thread; must be quick) whenever something changed that dispatch may have to
   * act on.
   */
  void onChange(Runnable listener);
}
