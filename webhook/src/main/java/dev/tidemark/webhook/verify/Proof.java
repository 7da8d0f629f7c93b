package dev.tidemark.webhook.verify;

/**
 * What a check concludes.
 *
 * @param text one sentence
 */
public record Proof(Kind kind, String text) {

  /** From good to bad: of several checks the worst counts. */
  public enum Kind {
    CURED,
    INCONCLUSIVE,
    FAILED,
    RECURS
  }
}
