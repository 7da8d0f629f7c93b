package dev.tidemark.rules.test;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the rules that were tested fully, by what is left of them without the names of their
 * service. Tests of a fleet would otherwise take as long as it is large.
 */
public final class KnownShapes {
  private final Set<String> seen = new HashSet<>();

  /** Each text once: a thousand services have few shapes. */
  private final Map<String, String> distinct = new ConcurrentHashMap<>();

  /** A number for each shape of all recording rules of a service, which its alerts share. */
  private final Map<String, Integer> recordings = new HashMap<>();

  /**
   * What is left of a service's rules without its names.
   *
   * @param recordings of all its recording rules together
   * @param alerts of each alert, in their order
   */
  public record Shape(ServiceRules rules, String recordings, List<String> alerts) {
    public Shape {
      alerts = List.copyOf(alerts);
    }
  }

  /** Most of the work; may be asked by several threads, in any order. */
  public Shape shape(ServiceRules rules) {
    StringBuilder recorded = new StringBuilder();
    rules
        .recordings()
        .forEach(r -> recorded.append('\n').append(r.record()).append(r.expr().text()));
    return new Shape(
        rules,
        withoutNames(rules.service(), recorded.toString()),
        rules.rules().stream()
            .map(tested -> withoutNames(rules.service(), text(tested.rule())))
            .toList());
  }

  /**
   * Those of a service's rules that it or a service before it was asked about, told by identity.
   */
  public Set<TestedRule> known(Shape shape) {
    Integer next = recordings.size();
    Integer before = recordings.putIfAbsent(shape.recordings(), next);
    int recorded = before == null ? next : before;
    Set<TestedRule> known = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < shape.alerts().size(); i++) {
      TestedRule tested = shape.rules().rules().get(i);
      if (tested.entry().isPresent() && !seen.add(recorded + " " + shape.alerts().get(i))) {
        known.add(tested);
      }
    }
    return known;
  }

  private static String text(Rule rule) {
    return rule.alert() + rule.forDuration() + rule.keepFiringFor() + rule.text();
  }

  private String withoutNames(Service service, String text) {
    String plain = text;
    // first where a label says it: a namespace may be called as the service is
    for (Map.Entry<String, String> label : service.selection().labels().entrySet()) {
      plain =
          plain.replace(
              label.getKey() + "=" + PromQl.quote(label.getValue()),
              label.getKey() + "=" + label.getKey());
    }
    plain = plain.replace(PromQl.quote(service.name().value()), "_");
    for (Map.Entry<String, String> label : service.selection().labels().entrySet()) {
      plain = plain.replace(PromQl.quote(label.getValue()), label.getKey());
    }
    String named = plain;
    String shape =
        service
            .memoryLimit()
            .map(limit -> named.replace(String.valueOf(limit.bytes()), "memoryLimit"))
            .orElse(named);
    return distinct.computeIfAbsent(shape, first -> first);
  }
}
