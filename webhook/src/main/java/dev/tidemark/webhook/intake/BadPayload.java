package dev.tidemark.webhook.intake;

/** A body that can never be taken in, however often it is sent; the message is for its sender. */
public final class BadPayload extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, in one word: also the label of {@code tidemark_webhook_parse_failures_total}. */
  public enum Reason {
    EMPTY,
    ENCODING,
    JSON,
    VERSION,
    MISSING,
    TYPE,
    VALUE,
    LIMIT,
    TOO_LARGE
  }

  private final Reason reason;

  BadPayload(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** 413 where a smaller body would do, 400 otherwise. */
  public int status() {
    return reason == Reason.TOO_LARGE ? 413 : 400;
  }
}
