package dev.tidemark.rules.test;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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
    for (Recording recording : rules.recordings()) {
      recorded.append('\n').append(recording.record()).append(recording.expr().text());
    }
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
    String named = new Names(service).without(text);
    String shape =
        service
            .memoryLimit()
            .map(limit -> named.replace(String.valueOf(limit.bytes()), "memoryLimit"))
            .orElse(named);
    return distinct.computeIfAbsent(shape, first -> first);
  }

  /** What a service is called, each as PromQL writes it. */
  private static final class Names {
    private final String service;
    private final Map<String, String> labels = new LinkedHashMap<>();

    Names(Service service) {
      this.service = PromQl.quote(service.name().value());
      service
          .selection()
          .labels()
          .forEach((label, value) -> labels.put(label, PromQl.quote(value)));
    }

    /** The text with what stands for each name in its place, in one pass: it is long. */
    String without(String text) {
      StringBuilder plain = new StringBuilder(text.length());
      int done = 0;
      int begin = text.indexOf('"');
      while (begin >= 0) {
        int end = end(text, begin);
        String stands = standsFor(text, begin, end);
        if (stands != null) {
          plain.append(text, done, begin).append(stands);
          done = end;
        }
        begin = text.indexOf('"', end);
      }
      return plain.append(text, done, text.length()).toString();
    }

    private @Nullable String standsFor(String text, int begin, int end) {
      // first where a label says it: a namespace may be called as the service is
      for (Map.Entry<String, String> label : labels.entrySet()) {
        String name = label.getKey();
        int before = begin - name.length() - 1;
        if (before >= 0
            && text.charAt(begin - 1) == '='
            && text.startsWith(name, before)
            && is(text, begin, end, label.getValue())) {
          return name;
        }
      }
      if (is(text, begin, end, service)) {
        return "_";
      }
      for (Map.Entry<String, String> label : labels.entrySet()) {
        if (is(text, begin, end, label.getValue())) {
          return label.getKey();
        }
      }
      return null;
    }

    private static boolean is(String text, int begin, int end, String quoted) {
      return quoted.length() == end - begin && text.startsWith(quoted, begin);
    }

    /** Behind the quote that closes. */
    private static int end(String text, int begin) {
      int i = begin + 1;
      while (i < text.length() && text.charAt(i) != '"') {
        i += text.charAt(i) == '\\' ? 2 : 1;
      }
      return Math.min(i + 1, text.length());
    }
  }
}
