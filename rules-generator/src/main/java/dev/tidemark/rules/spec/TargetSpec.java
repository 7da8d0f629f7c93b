package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;

/** What the output is for. */
public record TargetSpec(
    @Default("'2.42'") Placed<Release> prometheus,
    @Default("'0.25'") Placed<Release> alertmanager,
    @Default("files") Placed<Output> output,
    @Default("exporter") Placed<Engine> engine) {
  /** In which shape rules are written. */
  public enum Output {
    FILES,
    PROMETHEUS_RULE
  }
}
