package dev.tidemark.webhook.dispatch;

/** Stands for the death of the process: nothing in the program may catch it. */
final class Halt extends Error {
  private static final long serialVersionUID = 1L;

  Halt(String where) {
    super(where, null, false, false);
  }
}
