package dev.tidemark.diagnosis.finding;

/**
 * What a rule concludes.
 *
 * @param id of the rule, which is the name of its page under docs/findings
 * @param reason a sentence that names the evidence
 */
public record Finding(String id, Verdict verdict, String reason) {
  public static Finding leak(String id, String reason) {
    return new Finding(id, Verdict.LEAK, reason);
  }

  public static Finding suspect(String id, String reason) {
    return new Finding(id, Verdict.SUSPECT, reason);
  }

  public static Finding normal(String id, String reason) {
    return new Finding(id, Verdict.NORMAL, reason);
  }
}
