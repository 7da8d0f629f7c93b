package dev.tidemark.diagnosis.oom;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Evidence for and against one pattern while it is gathered. */
final class Case {
  private final String id;
  private final String reason;
  private final List<String> evidence = new ArrayList<>();
  private final List<String> against = new ArrayList<>();
  private int weight;

  Case(String id, String reason) {
    this.id = id;
    this.reason = reason;
  }

  /** Counts for it: 1 fits, 2 is strong, 3 nearly proves it. */
  Case supports(boolean holds, int points, String form, Object... values) {
    if (holds) {
      weight += points;
      evidence.add(String.format(Locale.ROOT, form, values));
    }
    return this;
  }

  /** Counts against it. */
  Case opposes(boolean holds, int points, String form, Object... values) {
    if (holds) {
      weight -= points;
      against.add(String.format(Locale.ROOT, form, values));
    }
    return this;
  }

  int weight() {
    return weight;
  }

  boolean isHeard() {
    return !evidence.isEmpty();
  }

  /** Two strong points without as much against it is proof enough. */
  OomReport.Pattern close() {
    Verdict verdict = weight >= 3 ? Verdict.LEAK : weight >= 1 ? Verdict.SUSPECT : Verdict.NORMAL;
    return new OomReport.Pattern(id, verdict, reason, evidence, against);
  }
}
