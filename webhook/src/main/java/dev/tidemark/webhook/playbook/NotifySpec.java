package dev.tidemark.webhook.playbook;

import dev.tidemark.toolkit.yaml.Default;

/**
 * Tells people. In short: the notifier's name alone.
 *
 * @param to a notifier of the configuration
 */
public record NotifySpec(
    String to, @Default("'$alertname on $target: $outcome. $finding'") TextTemplate text) {

  /** The short form. */
  public static NotifySpec parse(String to) {
    return new NotifySpec(to, TextTemplate.parse("$alertname on $target: $outcome. $finding"));
  }
}
