package dev.tidemark.rules;

import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.Rate;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say which alerts may be changed, and for which budgets. */
final class TuneBudget {
  @Option(
      names = "--alert",
      paramLabel = "[SERVICE/]NAME",
      description = "Change only this alert; may be given several times.")
  private List<String> alerts = new ArrayList<>();

  @Option(names = "--service", paramLabel = "NAME", description = "Change only alerts of it.")
  private @Nullable String service;

  @Option(names = "--team", paramLabel = "NAME", description = "Change only alerts of it.")
  private @Nullable String team;

  @Option(
      names = "--budget",
      paramLabel = "N/TIME",
      description =
          "How often people may be told of all these together, as 3/week. Default: the"
              + " alertBudget of each team, which all its alerts of a severity use.")
  private @Nullable String budget;

  /** An alert, by its number among the service's. */
  record Member(ServiceRules rules, int alert, boolean free) {
    Rule rule() {
      return rules.rules().get(alert).rule();
    }

    String label(String name) {
      return rule().labels().getOrDefault(name, "");
    }
  }

  /** A budget and who uses it. */
  record Use(String name, Rate budget, List<Member> members) {}

  /** What is asked for; ExitException where that is nothing. */
  List<Use> uses(Generator.Output made) {
    RuleNames known = RuleNames.ofAlerts(made.services());
    alerts.forEach(asked -> known.require("--alert", asked));
    List<Member> all = new ArrayList<>();
    for (ServiceRules rules : made.services()) {
      for (int i = 0; i < rules.rules().size(); i++) {
        all.add(new Member(rules, i, isFree(rules, i)));
      }
    }
    if (all.stream().noneMatch(Member::free)) {
      throw new ExitException(
          Cli.INVALID, "the specification has no alert of this --service, --team and --alert");
    }
    List<Use> uses = budget == null ? ofTeams(made.model().routing(), all) : given(budget, all);
    if (uses.isEmpty()) {
      throw new ExitException(
          Cli.INVALID,
          "no alertBudget in the specification is for these alerts: give --budget, as 3/week");
    }
    return uses;
  }

  private boolean isFree(ServiceRules rules, int alert) {
    String of = rules.service().name().value();
    String name = rules.rules().get(alert).rule().alert();
    return (alerts.isEmpty()
            || alerts.stream().anyMatch(asked -> RuleNames.isMeant(asked, of, name)))
        && (service == null || service.equals(of))
        && (team == null || team.equals(rules.service().team()));
  }

  private static List<Use> ofTeams(Routing routing, List<Member> all) {
    List<Use> uses = new ArrayList<>();
    for (Routing.Team one : routing.teams()) {
      one.budget()
          .forEach(
              (severity, rate) -> {
                List<Member> members =
                    all.stream().filter(member -> isOf(member, one, severity)).toList();
                if (members.stream().anyMatch(Member::free)) {
                  uses.add(new Use(severity.label() + " of " + one.name(), rate, members));
                }
              });
    }
    return uses;
  }

  private static boolean isOf(Member member, Routing.Team team, Severity severity) {
    return member.label("team").equals(team.name())
        && member.label("severity").equals(severity.label());
  }

  private List<Use> given(String text, List<Member> all) {
    try {
      List<Member> free = all.stream().filter(Member::free).toList();
      String name =
          !alerts.isEmpty()
              ? String.join(", ", alerts)
              : Optional.ofNullable(service)
                  .or(() -> Optional.ofNullable(team))
                  .map(of -> "all of " + of)
                  .orElse("all alerts");
      return List.of(new Use(name, Rate.parse(text), free));
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, "--budget: " + e.getMessage());
    }
  }
}
