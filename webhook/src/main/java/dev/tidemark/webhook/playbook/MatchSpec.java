package dev.tidemark.webhook.playbook;

import dev.tidemark.toolkit.yaml.Default;
import java.util.List;
import java.util.Map;

/** Which alerts a playbook is for: all matchers must match. */
public record MatchSpec(List<AlertMatcher> alerts, @Default("firing") Status status) {

  /** Only firing alerts start a playbook. */
  public enum Status {
    FIRING
  }

  public MatchSpec {
    if (alerts.isEmpty()) {
      throw new IllegalArgumentException(
          "alerts: at least one matcher; alertname=~\".+\" means every alert");
    }
  }

  public boolean matches(Map<String, String> labels) {
    return alerts.stream().allMatch(matcher -> matcher.matches(labels));
  }
}
