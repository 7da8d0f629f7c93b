package dev.tidemark.rules.rule;

import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One service's rules as Prometheus reads them: one file, one group. */
public final class RuleDocument {
  private RuleDocument() {}

  public static Map<String, Object> of(ServiceRules service, Duration groupInterval) {
    List<Object> rules = new ArrayList<>();
    service.recordings().forEach(recording -> rules.add(recording(recording)));
    for (TestedRule tested : service.rules()) {
      rules.add(rule(tested.rule()));
    }
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", service.service().team() + "/" + service.service().name().value());
    group.put("interval", PromDuration.format(groupInterval));
    group.put("rules", rules);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("groups", List.of(group));
    return document;
  }

  private static Map<String, Object> recording(Recording recording) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("record", recording.record());
    document.put("expr", recording.expr().text());
    document.put("labels", recording.labels());
    return document;
  }

  private static Map<String, Object> rule(Rule rule) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("alert", rule.alert());
    document.put("expr", rule.text());
    if (!rule.forDuration().isZero()) {
      document.put("for", PromDuration.format(rule.forDuration()));
    }
    if (!rule.keepFiringFor().isZero()) {
      document.put("keep_firing_for", PromDuration.format(rule.keepFiringFor()));
    }
    document.put("labels", rule.labels());
    Map<String, Object> annotations = new LinkedHashMap<>();
    rule.annotations().forEach((name, text) -> annotations.put(name, text.text()));
    document.put("annotations", annotations);
    return document;
  }
}
