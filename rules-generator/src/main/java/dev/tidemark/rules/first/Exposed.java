package dev.tidemark.rules.first;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.prometheus.VectorSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which metrics of the catalogue there are of which services. Each is asked for by itself: one
 * question for all would have a large server read every series it has at once.
 */
final class Exposed {
  /** What is counted of a metric: rows of a service, or of anybody in a namespace. */
  private record Row(String metric, boolean ofTarget, Map<String, String> labels) {}

  private final List<Row> rows = new ArrayList<>();

  private Exposed() {}

  /**
   * @param lately whether what was there within the last hour counts, too, as where a service is
   *     down; it reads far more
   */
  static Exposed ask(Answers answers, List<Signal> signals, boolean lately) {
    Exposed exposed = new Exposed();
    Set<String> asked = new TreeSet<>();
    for (Need need : signals.stream().flatMap(signal -> signal.needs().stream()).toList()) {
      if (asked.add(need.metric())) {
        String labels = need.isOfTarget() ? "cluster, namespace, job" : "cluster, namespace";
        String now = PromQl.selector(need.metric(), Map.of());
        String series = lately ? "last_over_time(" + now + "[1h])" : now;
        for (VectorSample row : answers.ask("count by (" + labels + ") (" + series + ")")) {
          exposed.rows.add(new Row(need.metric(), need.isOfTarget(), row.labels()));
        }
      }
    }
    return exposed;
  }

  /**
   * Of a service. What others tell counts where it is told of the namespace, or of no namespace.
   */
  Set<String> of(Map<String, String> selector) {
    Set<String> metrics = new TreeSet<>();
    for (Row row : rows) {
      List<String> same =
          row.ofTarget() ? List.of("cluster", "namespace", "job") : List.of("cluster", "namespace");
      boolean fits =
          same.stream()
              .allMatch(
                  label -> {
                    String has = row.labels().getOrDefault(label, "");
                    String wants = selector.getOrDefault(label, "");
                    return wants.isEmpty()
                        || wants.equals(has)
                        || (has.isEmpty() && !row.ofTarget());
                  });
      if (fits) {
        metrics.add(row.metric());
      }
    }
    return metrics;
  }
}
