package dev.tidemark.rules;

import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.yaml.Nearest;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rules that can be asked for, as {@code NAME} or {@code SERVICE/NAME}. */
final class RuleNames {
  private final SortedSet<String> names = new TreeSet<>();
  private final SortedSet<String> full = new TreeSet<>();

  /** Those of all alerts of a specification. */
  static RuleNames ofAlerts(List<ServiceRules> services) {
    RuleNames all = new RuleNames();
    services.forEach(
        service ->
            service
                .rules()
                .forEach(rule -> all.add(service.service().name().value(), rule.rule().alert())));
    return all;
  }

  void add(String service, String name) {
    names.add(name);
    full.add(service + "/" + name);
  }

  static boolean isMeant(String asked, String service, String name) {
    return asked.equals(name) || asked.equals(service + "/" + name);
  }

  /**
   * Ends the program where there is no such rule.
   *
   * @param flag that asks for it
   */
  void require(String flag, String asked) {
    if (!names.contains(asked) && !full.contains(asked)) {
      throw new ExitException(
          Cli.INVALID, flag + ": no alert " + Shown.text(asked) + instead(asked));
    }
  }

  /** The end of a message: the rule of that name of other services, or one whose name is near. */
  String instead(String asked) {
    String name = asked.substring(asked.indexOf('/') + 1);
    List<String> others = full.stream().filter(rule -> rule.endsWith("/" + name)).toList();
    if (!others.isEmpty()) {
      return ", did you mean " + String.join(" or ", others) + "?";
    }
    SortedSet<String> both = new TreeSet<>(names);
    both.addAll(full);
    return Nearest.instead(asked, Nearest.of(asked, both).isPresent() ? both : names);
  }
}
