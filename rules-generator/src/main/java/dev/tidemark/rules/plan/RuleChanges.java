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
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares rules by service, name and severity, whatever files they stand in. A service that moves
 * to another team is told so once, and not with each of its rules.
 */
final class RuleChanges {
  private final List<Change> changes = new ArrayList<>();

  /** Service → its team before and after, where they are not one. */
  private final Map<String, Move> moved = new LinkedHashMap<>();

  private RuleChanges() {}

  /** Rules that go by one name in a service. */
  private record Key(String service, FoundRule.Kind kind, String name) {}

  private record Move(String from, String to) {}

  static List<Change> between(List<FoundFile> before, List<FoundFile> after) {
    RuleChanges found = new RuleChanges();
    found.moves(before, after);
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

  private void moves(List<FoundFile> before, List<FoundFile> after) {
    Map<String, String> old = groups(before);
    groups(after)
        .forEach(
            (service, group) -> {
              String was = old.getOrDefault(service, group);
              if (!was.equals(group)) {
                Move move = new Move(team(was), team(group));
                moved.put(service, move);
                changes.add(
                    new Change(
                        Kind.CHANGED,
                        "service",
                        service,
                        List.of("moves from team " + move.from() + " to " + move.to())));
              }
            });
  }

  private void groups(List<FoundFile> before, List<FoundFile> after) {
    Map<String, String> names = groups(after);
    Map<String, SortedMap<String, String>> old = said(before);
    said(after)
        .forEach(
            (group, is) -> {
              List<String> details = new ArrayList<>();
              SortedMap<String, String> was = old.getOrDefault(group, is);
              Set<String> keys = new TreeSet<>(was.keySet());
              keys.addAll(is.keySet());
              for (String key : keys) {
                String then = was.getOrDefault(key, "none");
                String now = is.getOrDefault(key, "none");
                if (!then.equals(now)) {
                  details.add(key + " " + then + " -> " + now);
                }
              }
              if (!details.isEmpty()) {
                changes.add(
                    new Change(Kind.CHANGED, "group", names.getOrDefault(group, group), details));
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
    labels(moved.get(key.service()), old.labels(), now.labels(), details);
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
      @Nullable Move move,
      SortedMap<String, Placed<String>> old,
      SortedMap<String, Placed<String>> now,
      List<String> details) {
    for (String label : both(old, now)) {
      String was = value(old, label);
      String is = value(now, label);
      boolean told = label.equals("team") && new Move(was, is).equals(move);
      if (!was.equals(is) && !told) {
        details.add(label + " " + shown(was) + " -> " + shown(is));
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

  private static String name(Key key) {
    return key.service() + "/" + key.name();
  }

  /** A large service has a second group, {@code team/service/2}. */
  private static String base(FoundGroup group) {
    return group.name().value().replaceFirst("/[0-9]+$", "");
  }

  /** Groups are called team/service, and no two services of a specification are called alike. */
  private static String service(FoundGroup group) {
    return base(group).substring(base(group).indexOf('/') + 1);
  }

  private static String team(String group) {
    return group.substring(0, Math.max(0, group.indexOf('/')));
  }

  /** Service → its first group's name. */
  private static Map<String, String> groups(List<FoundFile> files) {
    Map<String, String> groups = new LinkedHashMap<>();
    for (FoundFile file : files) {
      file.groups().forEach(group -> groups.putIfAbsent(service(group), base(group)));
    }
    return groups;
  }

  /** What groups say of all their rules. */
  private static Map<String, SortedMap<String, String>> said(List<FoundFile> files) {
    Map<String, SortedMap<String, String>> said = new LinkedHashMap<>();
    for (FoundFile file : files) {
      for (FoundGroup group : file.groups()) {
        SortedMap<String, String> all = new TreeMap<>(Map.of("every", shown(group.interval())));
        group.others().forEach((key, value) -> all.put(key, value.value()));
        said.put(service(group), all);
      }
    }
    return said;
  }

  private static Map<Key, List<FoundRule>> byKey(List<FoundFile> files) {
    Map<Key, List<FoundRule>> rules = new LinkedHashMap<>();
    for (FoundFile file : files) {
      for (FoundGroup group : file.groups()) {
        for (FoundRule rule : group.rules()) {
          Key key = new Key(service(group), rule.kind(), rule.name().value());
          rules.computeIfAbsent(key, k -> new ArrayList<>()).add(rule);
        }
      }
    }
    return rules;
  }
}
