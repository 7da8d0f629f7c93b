package dev.tidemark.rules.test;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Settings;
import dev.tidemark.rules.rule.OwnTest;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes users' tests of own alerts as promtool reads them. They have a file of their own, for
 * their times are meant at the group's interval.
 */
public final class OwnTests {
  private OwnTests() {}

  public static boolean isIn(ServiceRules rules) {
    return rules.rules().stream().anyMatch(rule -> !rule.ownTests().isEmpty());
  }

  /**
   * @param ruleFiles the paths of the rules, seen from the tests
   */
  public static Map<String, Object> document(ServiceRules rules, List<String> ruleFiles) {
    Settings settings = rules.service().settings();
    List<Object> groups = new ArrayList<>();
    for (TestedRule tested : rules.rules()) {
      for (OwnTest test : tested.ownTests()) {
        groups.add(group(tested.rule(), test, settings.later()));
      }
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("rule_files", ruleFiles);
    document.put("evaluation_interval", PromDuration.format(settings.groupInterval()));
    document.put("tests", groups);
    return document;
  }

  private static Map<String, Object> group(Rule rule, OwnTest test, Duration queryOffset) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", rule.alert() + ": " + test.name());
    group.put("interval", PromDuration.format(test.interval()));
    List<Object> inputs = new ArrayList<>();
    for (OwnTest.Input input : test.inputs()) {
      Map<String, Object> series = new LinkedHashMap<>();
      series.put("series", input.series());
      series.put("values", input.values());
      inputs.add(series);
    }
    group.put("input_series", inputs);
    group.put(
        "promql_expr_test",
        test.looks().stream().map(look -> look(rule, look, queryOffset)).toList());
    return group;
  }

  private static Map<String, Object> look(Rule rule, OwnTest.Look look, Duration queryOffset) {
    Map<String, String> alert = new TreeMap<>();
    alert.put("alertname", rule.alert());
    alert.put("alertstate", "firing");
    alert.put("severity", String.valueOf(rule.labels().get("severity")));
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("expr", PromtoolTests.written(PromQl.selector("ALERTS", alert), queryOffset));
    test.put("eval_time", PromDuration.format(look.at().plus(queryOffset)));
    List<Object> samples = new ArrayList<>();
    for (Map<String, String> firing : look.firing()) {
      Map<String, String> labels = new TreeMap<>(firing);
      labels.putAll(rule.labels());
      labels.putAll(alert);
      labels.values().removeIf(String::isEmpty);
      Map<String, Object> sample = new LinkedHashMap<>();
      sample.put("labels", PromQl.selector("ALERTS", labels));
      sample.put("value", 1L);
      samples.add(sample);
    }
    test.put("exp_samples", samples);
    return test;
  }
}
