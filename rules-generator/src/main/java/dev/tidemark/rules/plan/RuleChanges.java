package dev.tidemark.rules.plan;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.plan.Change.Kind;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Compares rules by group, name and severity, whatever files they stand in. */
final class RuleChanges {
  private final List<Change> changes = new ArrayList<>();

  private RuleChanges() {}

  /** Rules that go by one name in a group. */
  private record Key(String group, FoundRule.Kind kind, String name) {}

  static List<Change> between(List<FoundFile> before, List<FoundFile> after) {
    RuleChanges found = new RuleChanges();
    found.groups(before, after);
    Map<Key, List<FoundRule>> old = byKey(before);
    Map<Key, List<FoundRule>> now = byKey(after);
    now.forEach((key, rules) -> found.compare(key, old.getOrDefault(key, List.of()), rules));
    old.forEach(
        (key, rules) -> {
          if (!now.containsKey(key)) {
            found.compare(key, rules, List.of());
          }
        });
    return found.changes;
  }

  private void groups(List<FoundFile> before, List<FoundFile> after) {
    Map<String, String> old = intervals(before);
    intervals(after)
        .forEach(
            (group, interval) -> {
              String was = old.getOrDefault(group, interval);
              if (!was.equals(interval)) {
                changes.add(
                    new Change(
                        Kind.CHANGED, "group", group, List.of("every " + was + " -> " + interval)));
              }
            });
  }

  private void compare(Key key, List<FoundRule> before, List<FoundRule> after) {
    List<FoundRule> old = new ArrayList<>(before);
    List<FoundRule> now = new ArrayList<>(after);
    for (FoundRule rule : after) {
      Optional<FoundRule> same =
          old.stream()
              .filter(o -> label(o, "severity").equals(label(rule, "severity")))
              .findFirst();
      if (same.isPresent()) {
        old.remove(same.get());
        now.remove(rule);
        changed(key, same.get(), rule, after.size() > 1);
      }
    }
    while (!old.isEmpty() && !now.isEmpty()) {
      changed(key, old.remove(0), now.remove(0), false);
    }
    now.forEach(rule -> changes.add(one(Kind.ADDED, key, rule)));
    old.forEach(rule -> changes.add(one(Kind.REMOVED, key, rule)));
  }

  private void changed(Key key, FoundRule old, FoundRule now, boolean several) {
    List<String> details = new ArrayList<>();
    details.addAll(ExprChanges.between(old.expr().value(), now.expr().value()));
    duration("for", old.forDuration(), now.forDuration(), details);
    duration("keep_firing_for", old.keepFiringFor(), now.keepFiringFor(), details);
    labels(old.labels(), now.labels(), details);
    annotations(old.annotations(), now.annotations(), details);
    if (!details.isEmpty()) {
      String severity = several ? " (" + label(now, "severity") + ")" : "";
      changes.add(new Change(Kind.CHANGED, what(key), name(key) + severity, details));
    }
  }

  private static void duration(
      String what,
      Optional<Placed<Duration>> old,
      Optional<Placed<Duration>> now,
      List<String> details) {
    String was = shown(old);
    String is = shown(now);
    if (!was.equals(is)) {
      details.add(what + " " + was + " -> " + is);
    }
  }

  private static String shown(Optional<Placed<Duration>> duration) {
    return PromDuration.format(duration.map(Placed::value).orElse(Duration.ZERO));
  }

  private static void labels(
      SortedMap<String, Placed<String>> old,
      SortedMap<String, Placed<String>> now,
      List<String> details) {
    for (String label : both(old, now)) {
      if (!value(old, label).equals(value(now, label))) {
        details.add(label + " " + shown(value(old, label)) + " -> " + shown(value(now, label)));
      }
    }
  }

  private static void annotations(
      SortedMap<String, Placed<String>> old,
      SortedMap<String, Placed<String>> now,
      List<String> details) {
    for (String name : both(old, now)) {
      if (!value(old, name).equals(value(now, name))) {
        details.add("another " + name);
      }
    }
  }

  private static Set<String> both(
      SortedMap<String, Placed<String>> old, SortedMap<String, Placed<String>> now) {
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    return names;
  }

  private static String value(SortedMap<String, Placed<String>> map, String name) {
    Placed<String> value = map.get(name);
    return value == null ? "" : value.value();
  }

  private static String shown(String value) {
    return value.isEmpty() ? "none" : value;
  }

  private static Change one(Kind kind, Key key, FoundRule rule) {
    List<String> details = new ArrayList<>();
    if (rule.isAlert()) {
      details.add("severity " + shown(label(rule, "severity")));
      details.add("for " + shown(rule.forDuration()));
    }
    return new Change(kind, what(key), name(key), details);
  }

  private static String label(FoundRule rule, String name) {
    return value(rule.labels(), name);
  }

  private static String what(Key key) {
    return key.kind() == FoundRule.Kind.ALERT ? "alert" : "recording";
  }

  /** Groups are called team/service. */
  private static String name(Key key) {
    return key.group().substring(key.group().indexOf('/') + 1) + "/" + key.name();
  }

  /** A large service has a second group, {@code team/service/2}. */
  private static String base(FoundGroup group) {
    return group.name().value().replaceFirst("/[0-9]+$", "");
  }

  private static Map<String, String> intervals(List<FoundFile> files) {
    Map<String, String> intervals = new LinkedHashMap<>();
    for (FoundFile file : files) {
      for (FoundGroup group : file.groups()) {
        intervals.put(base(group), shown(group.interval()));
      }
    }
    return intervals;
  }

  private static Map<Key, List<FoundRule>> byKey(List<FoundFile> files) {
    Map<Key, List<FoundRule>> rules = new LinkedHashMap<>();
    for (FoundFile file : files) {
      for (FoundGroup group : file.groups()) {
        for (FoundRule rule : group.rules()) {
          Key key = new Key(base(group), rule.kind(), rule.name().value());
          rules.computeIfAbsent(key, k -> new ArrayList<>()).add(rule);
        }
      }
    }
    return rules;
  }
}
