package dev.tidemark.webhook.journal;

import java.util.Locale;

/** Something could not be written to or read from the journal. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why; also the metric label. Intake answers 503 to the first three. */
  public enum Reason {
    /** The bounded queue of the writer is full: come again. */
    FULL,
    /** The disk or the database refused: nothing of the request is stored. */
    WRITE,
    /** The journal is closing. */
    CLOSED,
    /** Another process holds this journal. */
    LOCKED,
    /** The file is no journal, damaged, or written by a newer release. */
    UNREADABLE,
    /** There is no such episode. */
    NOT_FOUND,
    /** The episode waits for no approval. */
    NOT_WAITING,
    /** The plan changed since the answer's plan hash was read. */
    PLAN_CHANGED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  public JournalException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public JournalException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
