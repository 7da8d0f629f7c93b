package dev.tidemark.webhook.route;

import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.playbook.TargetSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which target of the configuration an alert means. A target is meant when the alert has every one
 * of its labels; a playbook that names one still needs the labels to agree. None, or two, is a no
 * with its reason.
 *
 * @param target null when there is none
 * @param reason in one sentence
 */
public record TargetChoice(@Nullable StaticTarget target, String reason) {

  public static TargetChoice of(
      TargetSpec spec, List<StaticTarget> targets, Map<String, String> labels) {
    List<StaticTarget> meant =
        targets.stream()
            .filter(target -> spec.name() == null || target.name().equals(spec.name()))
            .filter(target -> target.isMeantBy(labels))
            .toList();
    if (meant.size() == 1) {
      StaticTarget target = meant.get(0);
      return new TargetChoice(
          target, "the alert has the labels of target " + target.name() + " " + target.labels());
    }
    String names = String.join(", ", meant.stream().map(StaticTarget::name).toList());
    return new TargetChoice(
        null,
        meant.isEmpty()
            ? "no target of the configuration has labels that this alert has"
            : "the alert has the labels of several targets: " + names);
  }
}
