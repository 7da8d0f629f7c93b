package dev.tidemark.diagnosis.goroutine;

/** A verdict with its reason as a sentence. */
record Finding(Verdict verdict, String reason) {
  static Finding leak(String reason) {
    return new Finding(Verdict.LEAK, reason);
  }

  static Finding suspect(String reason) {
    return new Finding(Verdict.SUSPECT, reason);
  }

  static Finding normal(String reason) {
    return new Finding(Verdict.NORMAL, reason);
  }
}
