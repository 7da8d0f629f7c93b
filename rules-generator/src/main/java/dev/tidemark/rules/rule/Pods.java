package dev.tidemark.rules.rule;

import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.Map;
import java.util.TreeMap;

/** What tests are told of pods. */
public final class Pods {
  private Pods() {}

  /**
   * @param is 1 where it is in this phase, else 0
   */
  public static Input phase(Fixture fixture, String phase, double is) {
    Map<String, String> labels = new TreeMap<>(fixture.container());
    labels.remove("container");
    labels.putAll(Map.of("job", "kube-state-metrics", "instance", "10.0.0.7:8080", "phase", phase));
    return Input.steady(Fixture.series(SourceMetrics.POD_PHASE, labels), is);
  }
}
