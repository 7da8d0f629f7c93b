package dev.tidemark.rules.rule;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Names;
import dev.tidemark.rules.spec.RecordSpec;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads users' own recording rules. */
final class OwnRecords {
  private static final int LONGEST = 1024;

  private final RuleTexts texts;
  private final OwnExpression own;
  private final Complaints complaints;

  OwnRecords(RuleTexts texts, OwnExpression own, Complaints complaints) {
    this.texts = texts;
    this.own = own;
    this.complaints = complaints;
  }

  /** The recording; empty when it is none, which is told. */
  Optional<Recording> read(RecordSpec spec) {
    Placed<String> name = spec.record();
    if (!Recording.isName(name.value()) || name.value().length() > LONGEST) {
      complaints.add(
          name,
          "record: found "
              + Shown.text(name.value())
              + ", needs the name of a series, as in level:metric:operations");
      return Optional.empty();
    }
    SortedMap<String, String> labels = new TreeMap<>();
    spec.labels().forEach((label, value) -> label(label, value, labels));
    if (!texts.expression("expr", spec.expr())) {
      return Optional.empty();
    }
    return own.read("expr", spec.expr())
        .map(expr -> new Recording(name.value(), new Expr(expr), labels));
  }

  private void label(String name, Placed<String> value, SortedMap<String, String> labels) {
    if (name.equals(Recording.LABEL_SERVICE)) {
      complaints.add(
          value,
          "labels: "
              + name
              + " stands on what a specification of Tidemark's records, and nowhere else");
    } else if (!Matcher.isLabelName(name) || name.startsWith("__")) {
      complaints.add(value, "labels: found " + Shown.text(name) + ", needs a label name");
    } else if (value.value().length() > LONGEST || !Names.isHeldByRules(value.value())) {
      complaints.add(
          value, "labels: the value of " + name + " needs at most 1024 characters, no U+FFFD");
    } else {
      labels.put(name, value.value());
    }
  }
}
