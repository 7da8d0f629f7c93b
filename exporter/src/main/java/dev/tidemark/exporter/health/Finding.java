package dev.tidemark.exporter.health;

/**
 * What a rule says of a target.
 *
 * @param reason a sentence with the numbers that decided; for an unknown one what is missing
 */
public record Finding(TroubleClass trouble, Verdict verdict, String reason) {
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
    return new Finding(trouble, Verdict.UNKNOWN, "not known: " + missing);
  }

  public boolean isTrue() {
    return verdict == Verdict.YES;
  }
}
