package dev.tidemark.rules.apply;

/** What was to be applied is not; the message says in which state all is left. */
public final class ApplyException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** A server or tool does not answer. */
    NO_ANSWER,
    /** It answers, and refuses. */
    REFUSED
  }

  private final Reason reason;

  public ApplyException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** The same with more words. */
  public ApplyException with(String words) {
    return new ApplyException(reason, getMessage() + "; " + words);
  }
}
