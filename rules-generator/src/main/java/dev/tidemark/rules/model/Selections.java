package dev.tidemark.rules.model;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.spec.ServiceSpec;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes a service's selection from its selector and identity. */
final class Selections {
  private static final Set<String> OF_PODS = Set.of("namespace", "pod", "container");
  private static final Set<String> OF_JOBS = Set.of("job", "instance");
  private static final Set<String> OF_BOTH = Set.of("cluster", MetricNames.LABEL_WORKLOAD);

  /** Longer than any label anybody has; a bound so that a broken spec makes no broken file. */
  private static final int LONGEST_VALUE = 1024;

  /** What Prometheus itself looks back for a series that was not scraped. */
  private static final Duration LOOKBACK = Duration.ofMinutes(5);

  /** What values of labels hardly ever hold, and regular expressions and matchers do. */
  private static final Pattern LIKE_A_PATTERN = Pattern.compile("^[~=!^]|\\.[*+]|\\||^\\*$");

  private final Complaints complaints;
  private final Duration remembered;

  Selections(Complaints complaints, Duration scrapeInterval) {
    this.complaints = complaints;
    this.remembered = remembered(scrapeInterval);
  }

  /** Ten scrapes, but no longer than Prometheus looks back; at least three, to bridge one. */
  private static Duration remembered(Duration scrapeInterval) {
    Duration ten = scrapeInterval.multipliedBy(10);
    Duration most = ten.compareTo(LOOKBACK) < 0 ? ten : LOOKBACK;
    Duration least = scrapeInterval.multipliedBy(3);
    return most.compareTo(least) < 0 ? least : most;
  }

  Selection of(ServiceSpec service) {
    Placed<Map<String, String>> selector = service.selector();
    SortedMap<String, String> labels = checked(selector);
    List<Placed<String>> said = service.identity() == null ? List.of() : service.identity();
    Set<String> names = new HashSet<>(labels.keySet());
    said.forEach(label -> names.add(label.value()));
    Scope scope = scope(names, selector);
    List<String> identity = identity(scope, said, service);
    List<Matcher> direct = new ArrayList<>();
    List<Matcher> joined = new ArrayList<>();
    boolean joins = false;
    for (Map.Entry<String, String> entry : labels.entrySet()) {
      Matcher matcher = Matcher.equal(entry.getKey(), entry.getValue());
      boolean ofAll = isDirect(scope, entry.getKey());
      joins |= !ofAll;
      if (ofAll) {
        direct.add(matcher);
      }
      if (!entry.getKey().equals(MetricNames.LABEL_WORKLOAD)) {
        joined.add(matcher);
      }
    }
    List<String> on =
        !joins
            ? List.of()
            : scope == Scope.PODS
                ? List.of("cluster", "namespace", "pod")
                : List.of("cluster", "job", "instance");
    return new Selection(
        scope, labels, direct, on, joins ? joined : List.of(), identity, remembered);
  }

  private SortedMap<String, String> checked(Placed<Map<String, String>> selector) {
    SortedMap<String, String> labels = new TreeMap<>();
    selector
        .value()
        .forEach(
            (name, value) -> {
              if (!Matcher.isLabelName(name) || name.startsWith("__")) {
                complaints.add(
                    selector, "selector: found " + Shown.text(name) + ", needs a label name");
              } else if (value.isEmpty() || value.length() > LONGEST_VALUE) {
                complaints.add(
                    selector,
                    "selector: the value of "
                        + name
                        + " needs 1 to "
                        + LONGEST_VALUE
                        + " characters, found "
                        + value.length());
              } else if (!Names.isHeldByRules(value)) {
                complaints.add(
                    selector,
                    "selector: the value of " + name + " holds U+FFFD, which no rule can hold");
              } else {
                labels.put(name, value);
                if (LIKE_A_PATTERN.matcher(value).find()) {
                  complaints.warn(
                      selector,
                      "selector: "
                          + Shown.text(value)
                          + " of "
                          + name
                          + " is compared as it stands, it is no pattern: make a service of each"
                          + " job, or name the namespace alone");
                }
              }
            });
    return labels;
  }

  private Scope scope(Set<String> names, Placed<Map<String, String>> selector) {
    if (names.stream().anyMatch(OF_PODS::contains)) {
      return Scope.PODS;
    }
    if (names.stream().anyMatch(OF_JOBS::contains)) {
      return Scope.JOBS;
    }
    if (!OF_BOTH.containsAll(names)) {
      complaints.add(
          selector,
          "selector: needs namespace (for pods) or job (for processes) beside "
              + String.join(", ", new TreeMap<>(selector.value()).keySet())
              + ", or its targets cannot be found");
    }
    return Scope.EITHER;
  }

  private static boolean isDirect(Scope scope, String label) {
    return OF_BOTH.contains(label)
        || (scope != Scope.JOBS && OF_PODS.contains(label))
        || (scope != Scope.PODS && OF_JOBS.contains(label));
  }

  private List<String> identity(Scope scope, List<Placed<String>> said, ServiceSpec service) {
    List<String> whole =
        switch (scope) {
          case PODS -> List.of("namespace", "pod", "container");
          case JOBS -> List.of("job", "instance");
          case EITHER -> List.of("namespace", "pod", "container", "job", "instance");
        };
    if (said.isEmpty()) {
      return whole;
    }
    List<String> identity = new ArrayList<>();
    for (Placed<String> label : said) {
      if (!whole.contains(label.value())) {
        complaints.add(
            label,
            "identity: found "
                + Shown.text(label.value())
                + ", needs some of "
                + String.join(", ", whole));
      } else if (!identity.contains(label.value())) {
        identity.add(label.value());
      }
    }
    if (!identity.contains("pod") && !identity.contains("instance")) {
      complaints.add(
          service.name(), "identity: needs pod or instance, or nobody can find the target");
    }
    return identity;
  }
}
