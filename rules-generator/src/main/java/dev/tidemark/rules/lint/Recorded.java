package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The recording rules of one name, by the labels that they give: a fleet has one of each service.
 */
final class Recorded {
  private final List<Read> all = new ArrayList<>();
  private final Map<String, Map<String, List<Read>>> byLabel = new HashMap<>();
  private final Map<String, Integer> givers = new HashMap<>();

  void add(Read recording) {
    all.add(recording);
    recording
        .rule()
        .labels()
        .forEach(
            (label, text) -> {
              givers.merge(label, 1, Integer::sum);
              byLabel
                  .computeIfAbsent(label, l -> new HashMap<>())
                  .computeIfAbsent(text.value(), v -> new ArrayList<>())
                  .add(recording);
            });
  }

  /**
   * Those whose series a selector may find; of labels that a rule does not give nothing is known.
   */
  List<Read> found(VectorSelector selector) {
    List<Read> found = new ArrayList<>(candidates(selector));
    for (Matcher matcher : selector.matchers()) {
      Predicate<String> passes = matcher.passes();
      found.removeIf(
          recording ->
              recording.rule().labels().containsKey(matcher.label())
                  && !passes.test(recording.rule().labels().get(matcher.label()).value()));
    }
    return found;
  }

  private List<Read> candidates(VectorSelector selector) {
    for (Matcher matcher : selector.matchers()) {
      if (matcher.op() == Matcher.Op.EQ && givers.getOrDefault(matcher.label(), 0) == all.size()) {
        return byLabel
            .getOrDefault(matcher.label(), Map.of())
            .getOrDefault(matcher.value(), List.of());
      }
    }
    return all;
  }
}
