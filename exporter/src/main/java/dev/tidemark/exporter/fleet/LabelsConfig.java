package dev.tidemark.exporter.fleet;

import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Refusals;
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
    Refusals refusals = new Refusals();
    for (String name : add) {
      refusals.of("add: ", () -> checked(name));
    }
    for (String name : drop) {
      refusals.of("drop: ", () -> checked(name));
      refusals.unless(
          !MetricNames.RESERVED.contains(name),
          "drop: \"" + name + "\" tells our own metrics apart");
    }
    List<String> both = new ArrayList<>(add);
    both.retainAll(drop);
    refusals.unless(both.isEmpty(), "drop: " + both + " are added and dropped").throwIfAny();
  }

  static String checked(String name) {
    if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*") || name.startsWith("__")) {
      throw new IllegalArgumentException("\"" + name + "\" is no label name");
    }
    return name;
  }
}
