package dev.tidemark.rules.rule;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Service;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A recording rule of a service. Its group holds them before the alerts, in the order the alerts
 * asked for them, each once.
 *
 * @param record of ours {@code level:metric:operations}, after Prometheus' practices; of a user's
 *     own whatever Prometheus takes
 * @param labels added to what it records
 */
public record Recording(String record, Expr expr, SortedMap<String, String> labels) {
  /** On every recorded series: the service in the specification that it belongs to. */
  public static final String LABEL_SERVICE = "tidemark_service";

  private static final Pattern OURS =
      Pattern.compile("[a-z_]+:[a-zA-Z_][a-zA-Z0-9_]*:[a-zA-Z_0-9]+");

  public Recording {
    if (!isName(record)) {
      throw new IllegalArgumentException("no name of a series: " + record);
    }
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Of a service: two services may select the same series and must not write one another's. */
  public static Recording of(Service service, String record, Expr expr) {
    if (!OURS.matcher(record).matches()) {
      throw new IllegalArgumentException("no level:metric:operations: " + record);
    }
    return new Recording(
        record, expr, new TreeMap<>(Map.of(LABEL_SERVICE, service.name().value())));
  }

  /** By its name, as nearly all are told apart: what it is of is long. */
  @Override
  public int hashCode() {
    return record.hashCode();
  }

  /** What it recorded, as others read it. */
  public Expr series() {
    return series(record, labels);
  }

  /** What a recording of ours of this name records of a service, as others read it. */
  public static Expr series(Service service, String record) {
    return series(record, Map.of(LABEL_SERVICE, service.name().value()));
  }

  private static Expr series(String record, Map<String, String> labels) {
    return Expr.series(
        record,
        labels.entrySet().stream()
            .map(label -> Matcher.equal(label.getKey(), label.getValue()))
            .toList());
  }

  /** Whether every release of Prometheus takes this as the name of a series. */
  static boolean isName(String text) {
    return PromQl.isMetricName(text);
  }

  /** Whether it is of the catalogue and no user's own. */
  public boolean isOurs() {
    return labels.containsKey(LABEL_SERVICE);
  }

  /**
   * All of these, each once.
   *
   * @throws IllegalStateException when two of ours of one name differ: one would be read for the
   *     other
   */
  static List<Recording> distinct(List<Recording> all) {
    List<Recording> distinct = all.stream().distinct().toList();
    List<String> ours = distinct.stream().filter(Recording::isOurs).map(Recording::record).toList();
    if (ours.stream().distinct().count() < ours.size()) {
      throw new IllegalStateException("two recordings of one name: " + distinct);
    }
    return distinct;
  }
}
