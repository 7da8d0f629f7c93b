package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Settings;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.toolkit.config.PromDuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One service's rules as Prometheus reads them: one group, or several where one is too large. */
public final class RuleDocument {
  /**
   * What a part may hold in characters, by an estimate that is never too small. The Operator
   * refuses a PrometheusRule above 512 KiB (MaxConfigMapDataSize in pkg/operator/rules.go).
   */
  private static final int LARGEST = 400_000;

  private static final int AROUND = 400;

  private RuleDocument() {}

  /**
   * The parts, each a whole document with one group. The first holds the recording rules and all
   * that reads them, for only rules of one group are evaluated in order.
   */
  public static List<Map<String, Object>> parts(ServiceRules service) {
    List<List<Object>> parts = new ArrayList<>();
    List<Object> first = new ArrayList<>();
    List<TestedRule> rest = new ArrayList<>();
    long size = 0;
    for (Recording recording : service.recordings()) {
      String expr = recording.expr().text();
      first.add(recording(recording, expr));
      size += AROUND + 2L * expr.length();
    }
    for (TestedRule tested : service.rules()) {
      if (readsARecording(tested.rule(), service)) {
        first.add(rule(tested.rule()));
        size += size(tested.rule());
      } else {
        rest.add(tested);
      }
    }
    List<Object> part = first;
    for (TestedRule tested : rest) {
      long more = size(tested.rule());
      if (size + more > LARGEST && !part.isEmpty()) {
        parts.add(part);
        part = new ArrayList<>();
        size = 0;
      }
      part.add(rule(tested.rule()));
      size += more;
    }
    parts.add(part);
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      documents.add(document(service, i + 1, parts.get(i)));
    }
    return documents;
  }

  private static boolean readsARecording(Rule rule, ServiceRules service) {
    return (service.recordings().stream().anyMatch(Recording::isOurs)
            && rule.text().contains(Recording.LABEL_SERVICE))
        || service.recordings().stream()
            .anyMatch(own -> !own.isOurs() && rule.text().contains(own.record()));
  }

  private static Map<String, Object> document(
      ServiceRules service, int number, List<Object> rules) {
    Settings settings = service.service().settings();
    Map<String, Object> group = new LinkedHashMap<>();
    String name = service.service().team() + "/" + service.service().name().value();
    group.put("name", number == 1 ? name : name + "/" + number);
    group.put("interval", PromDuration.format(settings.groupInterval()));
    settings
        .queryOffset()
        .ifPresent(offset -> group.put("query_offset", PromDuration.format(offset)));
    if (settings.limit() > 0) {
      group.put("limit", (long) settings.limit());
    }
    group.put("rules", rules);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("groups", List.of(group));
    return document;
  }

  /** Quotes may double; what cannot be seen is escaped, six characters at most for one of two. */
  private static long size(Rule rule) {
    long size = AROUND + 4L * rule.text().length();
    for (Map.Entry<String, String> label : rule.labels().entrySet()) {
      size += 20 + label.getKey().length() + 6L * label.getValue().length();
    }
    for (Map.Entry<String, Template> annotation : rule.annotations().entrySet()) {
      size += 20 + annotation.getKey().length() + 6L * annotation.getValue().text().length();
    }
    return size;
  }

  private static Map<String, Object> recording(Recording recording, String expr) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("record", recording.record());
    document.put("expr", expr);
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
