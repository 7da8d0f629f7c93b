package dev.tidemark.webhook.page;

/** A request that cannot be right; the message says what would be. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;

  BadRequest(String message) {
    super(message);
  }
}
