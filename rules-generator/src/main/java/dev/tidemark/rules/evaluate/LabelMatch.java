package dev.tidemark.rules.evaluate;

import dev.tidemark.promql.print.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether labels are what matchers ask for; a label that is not there is empty. Expressions are
 * RE2's, as Prometheus': other words for other things than Java's, and never slow.
 */
final class LabelMatch {
  private record Condition(String label, Predicate<String> holds) {}

  private final List<Condition> conditions = new ArrayList<>();

  LabelMatch(List<Matcher> matchers) {
    for (Matcher matcher : matchers) {
      conditions.add(new Condition(matcher.label(), matcher.passes()));
    }
  }

  boolean all(Map<String, String> labels) {
    for (Condition condition : conditions) {
      if (!condition.holds().test(labels.getOrDefault(condition.label(), ""))) {
        return false;
      }
    }
    return true;
  }
}
