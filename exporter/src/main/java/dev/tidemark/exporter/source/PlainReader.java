package dev.tidemark.exporter.source;

import dev.tidemark.exporter.source.Rows.Row;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads long stretches of plain metrics: as they were scraped, where the source gives them so, else
 * by queries. Prometheus evaluates a selector, or a function of one, series by series; an
 * aggregation or a join of vectors slot by slot, at ten times the cost. So over many slots the
 * parts of a query are asked for, and put together here, with the same result.
 */
final class PlainReader {
  /** From so many slots on; below, one dear query is cheaper than several. */
  static final int LEAST_SLOTS = 16;

  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  /** The pod's own, which is a sum, and its pause container. */
  private static final Set<String> NO_CONTAINER = Set.of("", "POD");

  private static final Set<String> POD_NAME = Set.of("namespace", "pod");

  private final Answers answers;
  private final Promql promql;
  private final RawReader raw;
  private Rows targets = new Rows(new Slots(0, 0, 1));

  PlainReader(Answers answers, Promql promql) {
    this.answers = answers;
    this.promql = promql;
    this.raw = new RawReader(answers);
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
    List<String> asked = new ArrayList<>();
    for (String metric : metrics) {
      Optional<RawRows> scraped = raw.read(metric, slots);
      if (scraped.isPresent()) {
        add(values, scraped.get().values());
        scraped
            .get()
            .freshBy(promql.labels())
            .forEach((labels, more) -> allow(fresh, labels, more));
        continue;
      }
      asked.add(metric);
      Rows rows = new Rows(slots);
      answers.values(metric, slots, rows);
      columns.offGrid(rows.offGrid());
      add(values, rows);
      by(promql.withinSlot(metric), slots)
          .forEach((labels, row) -> allow(fresh, labels, row.present()));
    }
    if (!asked.isEmpty() && values.values().stream().anyMatch(row -> !contains(fresh, row))) {
      for (String metric : asked) {
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
    Rows rows = rowsOf(selector, slots);
    targets = rows;
    return rows.onlyPresence().changesBy(promql.labels());
  }

  /**
   * When containers started: what is told in the first slot, then what changed, each only while its
   * pod has a target that {@link #came} told of for the same slots.
   *
   * @return empty where the source gives no raw samples; to join them is dear
   */
  Optional<List<Event>> containerStarts(Slots slots)
      throws PrometheusException, PartialAnswerException {
    Map<Map<String, String>, BitSet> pods = targets.presentBy(Promql.POD);
    // not by cluster: in an answer as it comes it may be the server's
    Set<Map<String, String>> names = new HashSet<>();
    pods.keySet().forEach(pod -> names.add(Rows.by(POD_NAME, pod)));
    Optional<RawRows> scraped =
        raw.read(
            Promql.CONTAINER_START_METRIC,
            slots,
            labels ->
                !NO_CONTAINER.contains(labels.getOrDefault("container", ""))
                    && names.contains(Rows.by(POD_NAME, labels)));
    if (scraped.isEmpty()) {
      return Optional.empty();
    }
    Rows starts = scraped.get().values();
    return Optional.of(
        starts.changesBy(
            promql.labels(),
            (labels, slot) -> {
              BitSet there = pods.get(Rows.by(Promql.POD, labels));
              return there != null && there.get(slot);
            }));
  }

  /** What a metric is in the first slot, then where it changed. */
  List<Event> changes(String metric, Slots slots)
      throws PrometheusException, PartialAnswerException {
    return rowsOf(metric, slots).changesBy(promql.labels());
  }

  private void add(Map<Map<String, String>, Row> values, Rows rows) {
    rows.maxBy(promql.labels()).forEach((labels, row) -> values.merge(labels, row, Row::orElse));
  }

  private Map<Map<String, String>, Row> by(String expr, Slots slots)
      throws PrometheusException, PartialAnswerException {
    return rows(expr, slots).maxBy(promql.labels());
  }

  /** Of a selector, or a metric. */
  private Rows rowsOf(String selector, Slots slots)
      throws PrometheusException, PartialAnswerException {
    Optional<RawRows> scraped =
        METRIC.matcher(selector).matches() ? raw.read(selector, slots) : Optional.empty();
    return scraped.isPresent() ? scraped.get().values() : rows(selector, slots);
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
