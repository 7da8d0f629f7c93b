package dev.tidemark.rules.evaluate;

import dev.tidemark.promql.print.Matcher;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Whether labels are what matchers ask for; a label that is not there is empty. */
final class LabelMatch {
  private LabelMatch() {}

  static boolean all(List<Matcher> matchers, Map<String, String> labels) {
    return matchers.stream()
        .allMatch(matcher -> is(matcher, labels.getOrDefault(matcher.label(), "")));
  }

  private static boolean is(Matcher matcher, String value) {
    return switch (matcher.op()) {
      case EQ -> value.equals(matcher.value());
      case NOT_EQ -> !value.equals(matcher.value());
      case RE -> isWhole(matcher.value(), value);
      case NOT_RE -> !isWhole(matcher.value(), value);
    };
  }

  private static boolean isWhole(String regex, String value) {
    try {
      return Pattern.matches("(?s:" + regex + ")", value);
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
