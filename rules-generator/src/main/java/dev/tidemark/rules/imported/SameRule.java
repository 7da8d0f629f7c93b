package dev.tidemark.rules.imported;

import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Whether a generated rule does what another did, and says all that it said. */
final class SameRule {
  private SameRule() {}

  /**
   * What differs, at its place in the rule that was; empty where they mean the same. What is added
   * to labels and texts is none.
   */
  static Optional<Problem> difference(FoundRule was, FoundRule is) {
    if (!isOfOneName(was, is)) {
      return Optional.of(was.name().problem("is another rule"));
    }
    if (!isSame(was.expr().value(), is.expr().value())) {
      return Optional.of(
          was.expr()
              .problem(
                  would("expr", Shown.text(is.expr().value()), Shown.text(was.expr().value()))));
    }
    return duration("for", was, was.forDuration(), is.forDuration())
        .or(() -> duration("keep_firing_for", was, was.keepFiringFor(), is.keepFiringFor()))
        .or(() -> missing("label", was.labels(), is.labels()))
        .or(() -> missing("annotation", was.annotations(), is.annotations()));
  }

  /** Whether one could be made of the other at all. */
  static boolean isOfOneName(FoundRule was, FoundRule is) {
    return was.kind() == is.kind() && was.name().value().equals(is.name().value());
  }

  private static String would(String what, String is, String was) {
    return "would not mean the same: " + what + " would be " + is + " instead of " + was;
  }

  private static boolean isSame(String was, String is) {
    try {
      return PromQlParser.parse(was).equals(PromQlParser.parse(is));
    } catch (ParseException e) {
      return false;
    }
  }

  private static Optional<Problem> duration(
      String what, FoundRule rule, Optional<Placed<Duration>> was, Optional<Placed<Duration>> is) {
    Duration before = was.map(Placed::value).orElse(Duration.ZERO);
    Duration after = is.map(Placed::value).orElse(Duration.ZERO);
    return before.equals(after)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                was.map(Placed::place).orElse(rule.place()),
                would(what, PromDuration.format(after), PromDuration.format(before))));
  }

  private static Optional<Problem> missing(
      String what, SortedMap<String, Placed<String>> was, SortedMap<String, Placed<String>> is) {
    for (Map.Entry<String, Placed<String>> text : was.entrySet()) {
      Placed<String> found = is.get(text.getKey());
      if (found == null || !said(found).equals(said(text.getValue()))) {
        String why =
            text.getKey().equals("team") && what.equals("label")
                ? ": a team needs a name of lower-case letters, digits, . _ and -"
                : "";
        return Optional.of(
            text.getValue()
                .problem(
                    would(
                            what + " " + text.getKey(),
                            found == null ? "missing" : Shown.text(found.value()),
                            Shown.text(text.getValue().value()))
                        + why));
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
