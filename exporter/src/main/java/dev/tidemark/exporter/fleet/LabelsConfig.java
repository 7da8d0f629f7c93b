package dev.tidemark.exporter.fleet;

import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.toolkit.yaml.Default;
import java.util.ArrayList;
import java.util.List;

/**
 * The labels that judged series are shown with, beside those of the target and the workload.
 *
 * @param add labels of the source to keep
 * @param drop labels not to show; a series that is then no longer told apart is refused
 */
public record LabelsConfig(@Default("[]") List<String> add, @Default("[]") List<String> drop) {
  public LabelsConfig {
    for (String name : add) {
      check("add", name);
    }
    for (String name : drop) {
      check("drop", name);
      if (MetricNames.RESERVED.contains(name)) {
        throw new IllegalArgumentException("drop: \"" + name + "\" tells our own metrics apart");
      }
    }
    List<String> both = new ArrayList<>(add);
    both.retainAll(drop);
    if (!both.isEmpty()) {
      throw new IllegalArgumentException("drop: " + both + " are added and dropped");
    }
  }

  static void check(String key, String name) {
    if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*") || name.startsWith("__")) {
      throw new IllegalArgumentException(key + ": \"" + name + "\" is no label name");
    }
  }
}
