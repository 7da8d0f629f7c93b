package dev.tidemark.exporter.health;

/**
 * What a rule says of a target.
 *
 * @param words a sentence with the numbers that decided; for an unknown one what is missing, which
 *     is the same of every target, so that it is held once
 */
public record Finding(TroubleClass trouble, Verdict verdict, String words) {
  /** Whether it is so. */
  public enum Verdict {
    YES,
    NO,
    /** A fact that decides is missing. */
    UNKNOWN
  }

  static Finding yes(TroubleClass trouble, String reason) {
    return new Finding(trouble, Verdict.YES, reason);
  }

  static Finding no(TroubleClass trouble, String reason) {
    return new Finding(trouble, Verdict.NO, reason);
  }

  static Finding unknown(TroubleClass trouble, String missing) {
    return new Finding(trouble, Verdict.UNKNOWN, missing);
  }

  /** Why, for people. */
  public String reason() {
    return verdict == Verdict.UNKNOWN ? "not known: " + words : words;
  }

  public boolean isTrue() {
    return verdict == Verdict.YES;
  }
}
