package dev.tidemark.webhook.step.notify;

import dev.tidemark.webhook.journal.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of several findings people are told. */
public final class Told {
  private static final List<String> FROM_BAD = List.of("leak", "suspect", "normal");

  private Told() {}

  /** The worst, of equal ones the newest; null when there is none. */
  public static @Nullable Finding worst(List<Finding> findings) {
    Finding worst = null;
    for (Finding finding : findings) {
      if (worst == null || rank(finding) <= rank(worst)) {
        worst = finding;
      }
    }
    return worst;
  }

  private static int rank(Finding finding) {
    int rank = FROM_BAD.indexOf(finding.verdict());
    return rank < 0 ? FROM_BAD.size() : rank;
  }
}
