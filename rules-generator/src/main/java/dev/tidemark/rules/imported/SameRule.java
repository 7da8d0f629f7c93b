package dev.tidemark.rules.imported;

import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Whether a generated rule does what another did, and says all that it said. */
final class SameRule {
  private SameRule() {}

  /** What differs; empty where they mean the same. What is added to labels and texts is none. */
  static Optional<String> difference(FoundRule was, FoundRule is) {
    if (was.kind() != is.kind() || !was.name().value().equals(is.name().value())) {
      return Optional.of("another rule");
    }
    if (!isSame(was.expr().value(), is.expr().value())) {
      return Optional.of("expr");
    }
    if (!duration(was.forDuration()).equals(duration(is.forDuration()))) {
      return Optional.of("for");
    }
    if (!duration(was.keepFiringFor()).equals(duration(is.keepFiringFor()))) {
      return Optional.of("keep_firing_for");
    }
    return missing("label", was.labels(), is.labels())
        .or(() -> missing("annotation", was.annotations(), is.annotations()));
  }

  private static boolean isSame(String was, String is) {
    try {
      return PromQlParser.parse(was).equals(PromQlParser.parse(is));
    } catch (ParseException e) {
      return false;
    }
  }

  private static Duration duration(Optional<Placed<Duration>> said) {
    return said.map(Placed::value).orElse(Duration.ZERO);
  }

  private static Optional<String> missing(
      String what, SortedMap<String, Placed<String>> was, SortedMap<String, Placed<String>> is) {
    for (Map.Entry<String, Placed<String>> text : was.entrySet()) {
      Placed<String> found = is.get(text.getKey());
      if (found == null || !said(found).equals(said(text.getValue()))) {
        return Optional.of(what + " " + text.getKey());
      }
    }
    return Optional.empty();
  }

  /** Space inside braces and around a text says nothing to Prometheus or people. */
  private static String said(Placed<String> text) {
    return text.value()
        .replaceAll("\\{\\{-?\\s*", "{{ ")
        .replaceAll("\\s*-?\\}\\}", " }}")
        .replaceAll("\\s*\\|\\s*", " | ")
        .strip();
  }
}
