package dev.tidemark.rules.test;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Remembers the rules that were tested fully, by what is left of them without the names of their
 * service. Tests of a fleet would otherwise take as long as it is large.
 */
public final class KnownShapes {
  private final Set<String> seen = new HashSet<>();

  /** Whether such a rule was asked about before. */
  public boolean isKnown(ServiceRules of, TestedRule tested) {
    Rule rule = tested.rule();
    StringBuilder shape = new StringBuilder(rule.alert());
    shape.append(rule.forDuration()).append(rule.keepFiringFor()).append(rule.text());
    of.recordings().forEach(r -> shape.append('\n').append(r.record()).append(r.expr().text()));
    return tested.entry().isPresent() && !seen.add(withoutNames(of.service(), shape.toString()));
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
