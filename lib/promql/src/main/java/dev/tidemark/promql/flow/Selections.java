package dev.tidemark.promql.flow;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.flow.LabelSets.Presence;
import dev.tidemark.promql.print.Matcher;

/** What a selector's matchers say of labels. */
final class Selections {
  private Selections() {}

  static LabelSets labels(VectorSelector selector) {
    LabelSets labels = LabelSets.ANY.with(LabelFlow.NAME, Presence.SURE);
    for (Matcher matcher : selector.matchers()) {
      Presence presence = presence(matcher);
      // of a label that is asked for twice, the one that is certain counts
      if (presence != Presence.MAYBE) {
        labels = labels.with(matcher.label(), presence);
      }
    }
    return labels;
  }

  /** What absent makes of a selector: the labels that are asked for once, by equality. */
  static LabelSets absent(VectorSelector selector) {
    LabelSets labels = LabelSets.NONE;
    for (Matcher matcher : selector.matchers()) {
      boolean once =
          selector.matchers().stream().filter(m -> m.label().equals(matcher.label())).count() == 1;
      boolean equal = matcher.op() == Matcher.Op.EQ && !matcher.value().isEmpty();
      if (once && equal && !matcher.label().equals(LabelFlow.NAME)) {
        labels = labels.with(matcher.label(), Presence.SURE);
      }
    }
    return labels;
  }

  private static Presence presence(Matcher matcher) {
    return switch (matcher.op()) {
      case EQ -> matcher.value().isEmpty() ? Presence.NEVER : Presence.SURE;
      case NOT_EQ -> matcher.value().isEmpty() ? Presence.SURE : Presence.MAYBE;
      case RE ->
          matcher.value().isEmpty()
              ? Presence.NEVER
              : matchesEmpty(matcher.value()) ? Presence.MAYBE : Presence.SURE;
      case NOT_RE ->
          matcher.value().equals(".+")
              ? Presence.NEVER
              : matchesEmpty(matcher.value()) ? Presence.SURE : Presence.MAYBE;
    };
  }

  /** Unknown is yes for a match and no for its opposite: neither makes anything certain. */
  private static boolean matchesEmpty(String regex) {
    try {
      return Pattern.compile("^(?:" + regex + ")$", Pattern.DOTALL).matches("");
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
