package dev.tidemark.rules.rule;

import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Names;
import dev.tidemark.rules.spec.TestSpec;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks users' tests of own alerts, so that promtool takes what is made of them. */
final class OwnTestReader {
  private static final String NUMBER =
      "(?:[0-9]{1,20}(?:\\.[0-9]{0,20})?|\\.[0-9]{1,20})(?:[eE][-+]?[0-9]{1,3})?";

  /** One item of promtool's notation; steps and repetitions count from nought. */
  private static final Pattern ITEM =
      Pattern.compile(
          "(?:_|stale|-?(?:"
              + NUMBER
              + "|Inf|NaN)|-?"
              + NUMBER
              + "[-+]"
              + NUMBER
              + "(?=x))(?:x([0-9]{1,6}))?");

  private static final Pattern STALE_RUN = Pattern.compile("stalex[0-9]+");
  private static final int LONGEST = 200;

  /** Of samples of one series and of evaluations; a week of minutes is 10,080. */
  private static final int MOST_STEPS = 50_000;

  private final Complaints complaints;

  OwnTestReader(Complaints complaints) {
    this.complaints = complaints;
  }

  /** The tests of an alert; what is wrong with them is told. */
  List<OwnTest> read(Alert alert, SortedMap<String, String> ruleLabels, Duration groupInterval) {
    List<OwnTest> tests = new ArrayList<>();
    for (TestSpec test : alert.tests()) {
      Placed<Duration> said = test.interval();
      Duration interval = said == null ? groupInterval : said.value();
      if (said != null && interval.isZero()) {
        complaints.add(said, "interval: needs more than 0");
        continue;
      }
      tests.add(
          new OwnTest(
              name(test, tests.size() + 1),
              interval,
              inputs(test),
              test.looks().stream().map(look -> look(look, ruleLabels, groupInterval)).toList()));
      if (test.looks().isEmpty()) {
        complaints.add(test.place(), "looks: needs at least one time to look at the alert");
      }
    }
    return tests;
  }

  private String name(TestSpec test, int number) {
    Placed<String> name = test.name();
    if (name == null) {
      return "as the specification has it (" + number + ")";
    }
    if (name.value().isBlank()
        || name.value().length() > LONGEST
        || !Names.isHeldByRules(name.value())) {
      complaints.add(name, "name: needs 1 to " + LONGEST + " characters");
    }
    return name.value();
  }

  private List<OwnTest.Input> inputs(TestSpec test) {
    Set<String> seen = new HashSet<>();
    List<OwnTest.Input> inputs = new ArrayList<>();
    for (TestSpec.Series input : test.series()) {
      Optional<String> series = series(input.series());
      String values = values(input.values());
      series.ifPresent(
          text -> {
            inputs.add(new OwnTest.Input(text, values));
            if (!seen.add(text)) {
              complaints.add(input.series(), "series: stands in this test already");
            }
          });
    }
    return inputs;
  }

  /** A metric with labels, as one series has them. */
  private Optional<String> series(Placed<String> text) {
    try {
      if (text.value().length() <= 10_000
          && Names.isHeldByRules(text.value())
          && !text.value().contains("FFFD")
          && PromQlParser.parse(text.value()) instanceof VectorSelector selector
          && !selector.name().isEmpty()
          && selector.modifiers().equals(Modifiers.NONE)) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (Matcher matcher : selector.matchers()) {
          boolean isPlain = matcher.op() == Matcher.Op.EQ && Names.isHeldByRules(matcher.value());
          if (!isPlain
              || !Matcher.isLabelName(matcher.label())
              || labels.put(matcher.label(), matcher.value()) != null) {
            return refuse(text);
          }
        }
        labels.values().removeIf(String::isEmpty);
        return Optional.of(Fixture.series(selector.name(), labels));
      }
    } catch (ParseException e) {
      complaints.add(text, "series: " + e.reason());
      return Optional.empty();
    }
    return refuse(text);
  }

  private Optional<String> refuse(Placed<String> text) {
    complaints.add(
        text,
        "series: found "
            + Shown.text(text.value())
            + ", needs one series such as queue_depth{job=\"api\"}");
    return Optional.empty();
  }

  private String values(Placed<String> values) {
    String[] items = values.value().strip().split("[ \\t\\n]+");
    long steps = 0;
    for (String item : items) {
      java.util.regex.Matcher matcher = ITEM.matcher(item);
      if (!matcher.matches() || STALE_RUN.matcher(item).matches()) {
        complaints.add(
            values,
            "values: found "
                + Shown.text(item)
                + ", needs samples as promtool takes them: 0+10x60, 5x3, _x4, stale");
        return "";
      }
      steps += matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1)) + 1;
    }
    if (steps > MOST_STEPS) {
      complaints.add(values, "values: found " + steps + " samples, allowed are " + MOST_STEPS);
    }
    return String.join(" ", items);
  }

  private OwnTest.Look look(
      TestSpec.Look look, SortedMap<String, String> ruleLabels, Duration groupInterval) {
    long most = groupInterval.toMillis() * MOST_STEPS;
    if (look.at().value().toMillis() > most) {
      complaints.add(
          look.at(),
          "at: found "
              + PromDuration.format(look.at().value())
              + ", needs "
              + PromDuration.format(Duration.ofMillis(most))
              + " or less");
    }
    List<SortedMap<String, String>> firing = new ArrayList<>();
    for (Map<String, Placed<String>> said : look.firing()) {
      SortedMap<String, String> labels = new TreeMap<>();
      said.forEach(
          (name, value) ->
              label(name, value, ruleLabels).ifPresent(right -> labels.put(name, right)));
      firing.add(labels);
    }
    return new OwnTest.Look(look.at().value(), firing);
  }

  private Optional<String> label(
      String name, Placed<String> value, SortedMap<String, String> ruleLabels) {
    if (!Matcher.isLabelName(name) || name.startsWith("__")) {
      complaints.add(value, "firing: found " + Shown.text(name) + ", needs a label name");
    } else if (name.startsWith("alert") || ruleLabels.containsKey(name)) {
      complaints.add(
          value, "firing: " + name + " is the rule's own and stands there by itself; leave it out");
    } else if (!Names.isHeldByRules(value.value()) || value.value().length() > 1024) {
      complaints.add(value, "firing: the value of " + name + " needs at most 1024 characters");
    } else {
      return Optional.of(value.value());
    }
    return Optional.empty();
  }
}
