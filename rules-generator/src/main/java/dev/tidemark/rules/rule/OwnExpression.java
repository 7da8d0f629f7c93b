package dev.tidemark.rules.rule;

import java.util.regex.Pattern;

/** What can be said of a user's expression without parsing it. */
final class OwnExpression {
  /** What gives a value where there is no series; as words, so a metric may contain them. */
  private static final Pattern MAKES_SOMETHING_OF_NOTHING =
      Pattern.compile(
          "\\b(?:absent|absent_over_time|vector|scalar|time|timestamp|minute|hour|day_of_month"
              + "|day_of_week|day_of_year|days_in_month|month|year|pi|bool)\\b");

  /** An instant vector needs a name or a brace; what has neither is made of numbers. */
  private static final Pattern SELECTS = Pattern.compile("[a-zA-Z_:]|\\{");

  private OwnExpression() {}

  static boolean isSilentWithoutData(String expr) {
    return SELECTS.matcher(expr).find() && !MAKES_SOMETHING_OF_NOTHING.matcher(expr).find();
  }
}
