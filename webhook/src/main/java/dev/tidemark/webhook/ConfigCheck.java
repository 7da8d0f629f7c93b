package dev.tidemark.webhook;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.webhook.playbook.LoadedPlaybook;
import dev.tidemark.webhook.playbook.Mode;
import dev.tidemark.webhook.playbook.Playbook;
import dev.tidemark.webhook.playbook.PolicySpec;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.playbook.StepSpec;
import dev.tidemark.webhook.playbook.VerifySpec;
import dev.tidemark.webhook.step.notify.NotifierConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What only shows when configuration and playbooks are seen together. */
final class ConfigCheck {
  private final WebhookConfig config;
  private final Catalogue signals;
  private final List<Problem> problems = new ArrayList<>();

  private ConfigCheck(WebhookConfig config, Catalogue signals) {
    this.config = config;
    this.signals = signals;
  }

  static List<Problem> of(WebhookConfig config, List<LoadedPlaybook> playbooks, Catalogue signals) {
    ConfigCheck check = new ConfigCheck(config, signals);
    check.names();
    playbooks.forEach(check::playbook);
    return check.problems;
  }

  private void names() {
    Set<String> seen = new HashSet<>();
    for (Placed<StaticTarget> target : config.targets()) {
      if (!seen.add(target.value().name())) {
        problems.add(target.problem("target " + target.value().name() + " stands twice"));
      }
    }
    seen.clear();
    for (Placed<NotifierConfig> notifier : config.notifiers()) {
      if (!seen.add(notifier.value().name())) {
        problems.add(notifier.problem("notifier " + notifier.value().name() + " stands twice"));
      }
    }
  }

  private void playbook(LoadedPlaybook loaded) {
    Playbook playbook = loaded.playbook();
    String file = loaded.file();
    if (playbook.mode() != Mode.DRY_RUN && config.cluster() == null) {
      add(
          file,
          "mode "
              + playbook.mode().text()
              + " acts, so the configuration must say on which cluster: set cluster");
    }
    String target = playbook.target().name();
    if (target != null
        && config.targets().stream().noneMatch(known -> known.value().name().equals(target))) {
      add(file, "the configuration has no target " + target);
    }
    List<PolicySpec.Recheck> recheck = playbook.policy().freshness().recheck();
    if (recheck != null) {
      if (recheck.contains(PolicySpec.Recheck.ALERTMANAGER) && config.alertmanager() == null) {
        add(file, "policy.freshness.recheck asks alertmanager, and the configuration names none");
      }
      if (recheck.contains(PolicySpec.Recheck.PROMETHEUS) && config.prometheus() == null) {
        add(file, "policy.freshness.recheck asks prometheus, and the configuration names none");
      }
    }
    if (!playbook.precheck().isEmpty() && config.prometheus() == null) {
      add(file, "precheck asks prometheus, and the configuration names none");
    }
    List<StepSpec> steps = new ArrayList<>(playbook.steps());
    steps.addAll(playbook.onFailure().rollback());
    steps.addAll(playbook.onFailure().escalate());
    steps.forEach(step -> notifier(file, step));
    verify(file, playbook.verify());
  }

  private void notifier(String file, StepSpec step) {
    if (step.tell() != null) {
      String to = step.tell().to();
      if (config.notifiers().stream().noneMatch(known -> known.value().name().equals(to))) {
        add(file, "the configuration has no notifier " + to);
      }
    }
  }

  private void verify(String file, @org.jspecify.annotations.Nullable VerifySpec verify) {
    if (verify == null) {
      return;
    }
    if (config.prometheus() == null) {
      add(file, "verify asks prometheus, and the configuration names none");
    }
    for (VerifySpec.Check check : verify.checks()) {
      VerifySpec.Slope slope = check.slope();
      if (slope != null && signals.find(slope.signal()).isEmpty()) {
        String near =
            signals.nearest(slope.signal()).map(id -> ", did you mean " + id + "?").orElse("");
        add(file, "verify: there is no signal " + slope.signal() + near);
      }
    }
  }

  private void add(String file, String message) {
    problems.add(new Problem(new Place(file, 0, 0), message));
  }
}
