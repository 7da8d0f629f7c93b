package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.yaml.Default;
import java.util.List;

/**
 * Which targets to judge.
 *
 * @param match selectors, any of which is enough; one without a metric name is of go_info; none
 *     means every process that exposes go_info
 */
public record TargetsConfig(@Default("[]") List<Selector> match) {}
