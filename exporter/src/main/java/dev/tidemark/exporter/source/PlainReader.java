package dev.tidemark.exporter.source;

import dev.tidemark.exporter.source.Rows.Row;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads long stretches of plain metrics. Prometheus evaluates a selector, or a function of one,
 * series by series; an aggregation or a join of vectors slot by slot, at ten times the cost. So
 * over many slots the parts of a query are asked for, and put together here, with the same result.
 */
final class PlainReader {
  /** From so many slots on; below, one dear query is cheaper than several. */
  static final int LEAST_SLOTS = 16;

  private final Answers answers;
  private final Promql promql;

  PlainReader(Answers answers, Promql promql) {
    this.answers = answers;
    this.promql = promql;
  }

  /**
   * What {@link Promql#fresh} gives for {@code max by ($target) (metric)}, or for several of those
   * with {@code or} between them.
   */
  ColumnSink samples(List<String> metrics, Slots slots)
      throws PrometheusException, PartialAnswerException {
    ColumnSink columns = new ColumnSink(slots);
    Map<Map<String, String>, Row> values = new LinkedHashMap<>();
    Map<Map<String, String>, BitSet> fresh = new HashMap<>();
    for (String metric : metrics) {
      Rows raw = new Rows(slots);
      answers.values(metric, slots, raw);
      columns.offGrid(raw.offGrid());
      raw.maxBy(promql.labels()).forEach((labels, row) -> values.merge(labels, row, Row::orElse));
      by(promql.withinSlot(metric), slots)
          .forEach((labels, row) -> allow(fresh, labels, row.present()));
    }
    if (values.values().stream().anyMatch(row -> !contains(fresh, row))) {
      for (String metric : metrics) {
        Map<Map<String, String>, Row> counts = by(promql.withinTwoSlots(metric), slots);
        by(promql.withinSlotAndTenth(metric), slots)
            .forEach(
                (labels, row) -> {
                  BitSet late = moreThanOne(counts.get(labels));
                  late.and(row.present());
                  allow(fresh, labels, late);
                });
      }
    }
    values.forEach(
        (labels, row) -> Rows.copy(row, fresh.getOrDefault(labels, new BitSet()), slots, columns));
    return columns;
  }

  /** The targets in the first slot, then those that came. */
  List<Event> came(String selector, Slots slots)
      throws PrometheusException, PartialAnswerException {
    return rows(selector, slots).onlyPresence().changesBy(promql.labels());
  }

  /** What a metric is in the first slot, then where it changed. */
  List<Event> changes(String metric, Slots slots)
      throws PrometheusException, PartialAnswerException {
    return rows(metric, slots).changesBy(promql.labels());
  }

  private Map<Map<String, String>, Row> by(String expr, Slots slots)
      throws PrometheusException, PartialAnswerException {
    return rows(expr, slots).maxBy(promql.labels());
  }

  private Rows rows(String expr, Slots slots) throws PrometheusException, PartialAnswerException {
    Rows rows = new Rows(slots);
    answers.range(expr, slots, rows);
    return rows;
  }

  private static void allow(
      Map<Map<String, String>, BitSet> slots, Map<String, String> labels, BitSet more) {
    slots.computeIfAbsent(labels, l -> new BitSet()).or(more);
  }

  private static BitSet moreThanOne(@Nullable Row counts) {
    BitSet more = new BitSet();
    if (counts != null) {
      counts.present().stream().filter(i -> counts.values()[i] > 1).forEach(more::set);
    }
    return more;
  }

  private static boolean contains(Map<Map<String, String>, BitSet> fresh, Row row) {
    BitSet missing = (BitSet) row.present().clone();
    missing.andNot(fresh.getOrDefault(row.labels(), new BitSet()));
    return missing.isEmpty();
  }
}
