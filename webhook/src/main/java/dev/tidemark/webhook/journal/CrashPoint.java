package dev.tidemark.webhook.journal;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The places where a process may die with something half done, numbered in the order an episode
 * passes them. Tests kill at each of them; the hidden flag {@code --test.crash-at} halts the whole
 * program there.
 */
public enum CrashPoint {
  RECEIPT_BEFORE_COMMIT,
  RECEIPT_AFTER_COMMIT,
  PLAN_BEFORE_COMMIT,
  PLAN_AFTER_COMMIT,
  START_BEFORE_COMMIT,
  START_AFTER_COMMIT,
  INTENT_BEFORE_COMMIT,
  INTENT_AFTER_COMMIT,
  EVIDENCE_BEFORE_RENAME,
  EVIDENCE_AFTER_RENAME,
  EFFECT_AFTER,
  OUTCOME_BEFORE_COMMIT,
  OUTCOME_AFTER_COMMIT,
  VERIFY_BEFORE_COMMIT,
  VERIFY_AFTER_COMMIT,
  FINISH_BEFORE_COMMIT,
  FINISH_AFTER_COMMIT;

  /** From 1. */
  public int number() {
    return List.of(values()).indexOf(this) + 1;
  }

  /** {@code intent-after-commit}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** By number or text; null when there is none. */
  public static @Nullable CrashPoint find(String text) {
    for (CrashPoint point : values()) {
      if (point.text().equals(text) || Integer.toString(point.number()).equals(text)) {
        return point;
      }
    }
    return null;
  }
}
