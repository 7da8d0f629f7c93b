package dev.tidemark.rules.dashboard;

import java.util.List;

/**
 * A dashboard.
 *
 * @param uid its address in Grafana, the same for ever, at most 40 characters
 * @param from how far it looks back, as {@code 6h}
 */
record Dashboard(
    String uid,
    String title,
    String text,
    String from,
    List<Variable> variables,
    List<Annotation> annotations,
    List<Link> links,
    List<Row> rows) {
  Dashboard {
    if (!uid.matches("[a-z0-9_-]{1,40}")) {
      throw new IllegalArgumentException("no uid: " + uid);
    }
    variables = List.copyOf(variables);
    annotations = List.copyOf(annotations);
    links = List.copyOf(links);
    rows = List.copyOf(rows);
  }
}
