package dev.tidemark.webhook.dispatch;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.webhook.playbook.PolicySpec;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.recheck.PromQuery;
import dev.tidemark.webhook.recheck.Recheck;
import dev.tidemark.webhook.route.Routes;
import dev.tidemark.webhook.step.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration makes of the world; a reload replaces it whole.
 *
 * @param cluster empty when not set
 * @param prometheus null when none is configured
 * @param rechecks the servers that can be asked whether an alert fires
 */
public record Setup(
    Routes routes,
    List<StaticTarget> targets,
    String cluster,
    boolean autoAllowed,
    Steps steps,
    Catalogue signals,
    @Nullable PromQuery prometheus,
    Map<PolicySpec.Recheck, Recheck> rechecks,
    Retention retention) {

  /**
   * How long things are kept.
   *
   * @param expireAfter silence after which an episode is closed, once Alertmanager has it no more
   */
  public record Retention(Duration receipts, Duration episodes, Duration expireAfter) {}

  public Setup {
    targets = List.copyOf(targets);
    rechecks = Map.copyOf(rechecks);
  }

  /** The same, with what is known of who may post alerts. */
  public Setup withAuto(boolean allowed) {
    return new Setup(
        routes, targets, cluster, allowed, steps, signals, prometheus, rechecks, retention);
  }

  Optional<StaticTarget> target(String name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }
}
