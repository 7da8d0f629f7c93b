package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import org.jspecify.annotations.Nullable;

/**
 * What the output is for.
 *
 * @param ruler the release of the ruler that output names, where it is not Prometheus
 */
public record TargetSpec(
    @Default("'2.42'") Placed<Release> prometheus,
    @Default("'0.25'") Placed<Release> alertmanager,
    @Default("files") Placed<Output> output,
    @Nullable Placed<Release> ruler,
    @Default("exporter") Placed<Engine> engine) {
  /** Who evaluates the rules, and in which shape they are written. */
  public enum Output {
    /** Rule files of Prometheus. */
    FILES,
    /** Objects for the Prometheus Operator, beside the files that tests need. */
    PROMETHEUS_RULE,
    THANOS,
    /** One group a file, as the API of the ruler takes them. */
    MIMIR,
    VICTORIAMETRICS
  }
}
