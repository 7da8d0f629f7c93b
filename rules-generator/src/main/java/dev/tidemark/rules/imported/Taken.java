package dev.tidemark.rules.imported;

import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Services that rules are given to: one a group and team, another where two would clash. */
final class Taken {
  /**
   * A service.
   *
   * @param group the name of the group the rules come from
   * @param says what that group says of all its rules
   */
  record Service(String name, String team, String group, GroupSays says, List<FoundRule> rules) {
    /** Whether a group that was made says the same; one always says its interval. */
    boolean isKeptBy(GroupSays made) {
      return made.interval().equals(says.interval().or(() -> Optional.of(Importer.UNSAID)))
          && made.queryOffset().equals(says.queryOffset())
          && made.limit() == says.limit();
    }
  }

  private static final int LONGEST = 55;

  private final List<Service> services = new ArrayList<>();
  private final String otherwise;

  /**
   * @param otherwise the team of rules that name none
   */
  Taken(String otherwise) {
    this.otherwise = otherwise;
  }

  List<Service> services() {
    return services;
  }

  void add(FoundGroup from, FoundRule rule) {
    String group = from.name().value();
    GroupSays says = GroupSays.of(from);
    String team = team(rule);
    for (Service service : services) {
      boolean same =
          service.group().equals(group)
              && service.says().equals(says)
              && (!rule.isAlert() || service.team().equals(team));
      if (same && service.rules().stream().noneMatch(other -> clash(other, rule))) {
        service.rules().add(rule);
        return;
      }
    }
    Service service = new Service(free(plain(last(group))), team, group, says, new ArrayList<>());
    service.rules().add(rule);
    services.add(service);
  }

  /** The teams there are, each once. */
  List<String> teams() {
    return services.stream().map(Service::team).distinct().toList();
  }

  private String team(FoundRule rule) {
    Placed<String> said = rule.labels().get("team");
    return rule.isAlert() && said != null && said.value().equals(plain(said.value()))
        ? said.value()
        : otherwise;
  }

  /** A service has no two alerts of one name and severity. */
  private static boolean clash(FoundRule a, FoundRule b) {
    return a.isAlert()
        && b.isAlert()
        && a.name().value().equalsIgnoreCase(b.name().value())
        && severity(a).equals(severity(b));
  }

  private static String severity(FoundRule rule) {
    return Optional.ofNullable(rule.labels().get("severity")).map(Placed::value).orElse("warning");
  }

  private String free(String name) {
    String free = name;
    for (int i = 2; isTaken(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private boolean isTaken(String name) {
    return services.stream().anyMatch(service -> service.name().equals(name));
  }

  /** Groups of ours, and of many others, are called after their team first. */
  private static String last(String group) {
    return group.substring(group.lastIndexOf('/') + 1);
  }

  /** A name that may be a file's. */
  private static String plain(String text) {
    String lower = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = lower.substring(0, Math.min(LONGEST, lower.length())).replaceAll("^-+|-+$", "");
    return cut.isEmpty() ? "rules" : cut;
  }
}
