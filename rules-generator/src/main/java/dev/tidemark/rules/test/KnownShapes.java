package dev.tidemark.rules.test;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Remembers the rules that were tested fully, by what is left of them without the names of their
 * service. Tests of a fleet would otherwise take as long as it is large.
 */
public final class KnownShapes {
  private final Set<String> seen = new HashSet<>();

  /** A number for each shape of all recording rules of a service, which its alerts share. */
  private final Map<String, Integer> recordings = new HashMap<>();

  /** Of one service. */
  public OfService of(ServiceRules rules) {
    StringBuilder shape = new StringBuilder();
    rules.recordings().forEach(r -> shape.append('\n').append(r.record()).append(r.expr().text()));
    String plain = withoutNames(rules.service(), shape.toString());
    Integer next = recordings.size();
    Integer before = recordings.putIfAbsent(plain, next);
    return new OfService(rules, before == null ? next : before);
  }

  /** The shapes of one service's rules. */
  public final class OfService {
    private final ServiceRules rules;
    private final int recorded;

    private OfService(ServiceRules rules, int recorded) {
      this.rules = rules;
      this.recorded = recorded;
    }

    /** Whether such a rule was asked about before. */
    public boolean isKnown(TestedRule tested) {
      Rule rule = tested.rule();
      String shape =
          recorded + rule.alert() + rule.forDuration() + rule.keepFiringFor() + rule.text();
      return tested.entry().isPresent() && !seen.add(withoutNames(rules.service(), shape));
    }
  }

  private static String withoutNames(Service service, String text) {
    String plain = text.replace(PromQl.quote(service.name().value()), "_");
    for (Map.Entry<String, String> label : service.selection().labels().entrySet()) {
      plain = plain.replace(PromQl.quote(label.getValue()), label.getKey());
    }
    String named = plain;
    return service
        .memoryLimit()
        .map(limit -> named.replace(String.valueOf(limit.bytes()), "memoryLimit"))
        .orElse(named);
  }
}
