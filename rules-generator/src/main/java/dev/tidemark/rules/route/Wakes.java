package dev.tidemark.rules.route;

import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.ReceiverSpec;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.rules.spec.Spec;
import dev.tidemark.rules.spec.TeamSpec;
import dev.tidemark.rules.spec.WebhookSpec;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Warns of teams whose critical alerts only a program gets: Tidemark's webhook, which its address
 * gives away. It saves evidence and acts, and wakes nobody unless a playbook says so.
 */
public final class Wakes {
  private static final String TIDEMARK = "/api/v1/alertmanager";

  private final Complaints complaints;
  private final Set<String> programs = new HashSet<>();

  public Wakes(Spec spec, Complaints complaints) {
    this.complaints = complaints;
    spec.receivers().stream().filter(Wakes::isProgram).forEach(r -> programs.add(r.name().value()));
  }

  public void check(List<TeamSpec> teams, List<ServiceRules> services) {
    for (TeamSpec team : teams) {
      Placed<String> pages = team.pages();
      if (programs.contains(team.receiver().value())
          && (pages == null || programs.contains(pages.value()))) {
        List<String> critical = critical(team.name().value(), services);
        if (!critical.isEmpty()) {
          complaints.warn(
              pages == null ? team.receiver() : pages,
              "%s: Tidemark's webhook alone gets critical alerts of %s (%s), which wakes nobody unless a playbook does; name who is paged for them: pages: RECEIVER"
                  .formatted(
                      pages == null ? "receiver" : "pages", team.name().value(), some(critical)));
        }
      }
    }
  }

  private static boolean isProgram(ReceiverSpec receiver) {
    WebhookSpec webhook = receiver.webhook();
    return webhook != null
        && webhook.url() != null
        && TIDEMARK.equals(webhook.url().value().getPath());
  }

  private static List<String> critical(String team, List<ServiceRules> services) {
    List<String> critical = new ArrayList<>();
    for (ServiceRules service : services) {
      if (service.service().team().equals(team)) {
        for (TestedRule tested : service.rules()) {
          Rule rule = tested.rule();
          if (Severity.CRITICAL.label().equals(rule.labels().get("severity"))) {
            critical.add(rule.alert() + " of " + service.service().name().value());
          }
        }
      }
    }
    return critical;
  }

  private static String some(List<String> alerts) {
    return alerts.size() == 1
        ? alerts.get(0)
        : alerts.get(0) + " and " + (alerts.size() - 1) + " more";
  }
}
