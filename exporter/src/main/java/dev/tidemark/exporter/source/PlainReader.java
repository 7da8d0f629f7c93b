package dev.tidemark.exporter.source;

import dev.tidemark.exporter.source.Rows.Row;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads long stretches of signals that can be evaluated here: as they were scraped, where the
 * source gives them so, else of plain metrics by queries. Prometheus evaluates a selector, or a
 * function of one, series by series; an aggregation or a join of vectors slot by slot, at ten times
 * the cost. So over many slots the parts of a query are asked for, and put together here, with the
 * same result.
 */
final class PlainReader {
  /** From so many slots on; below, one dear query is cheaper than several. */
  static final int LEAST_SLOTS = 16;

  /** When containers started, without the pod's own, which is a sum, and its pause container. */
  private static final Formula.Metric CONTAINER_START =
      FormulaParser.metric(Promql.CONTAINER_START).orElseThrow();

  private static final Set<String> POD_NAME = Set.of("namespace", "pod");

  private final Answers answers;
  private final Promql promql;
  private final Kept kept;
  private final RawReader raw;

  /** In which slots the pods have a target, as {@link #came} told last. */
  private Map<Map<String, String>, BitSet> pods = Map.of();

  PlainReader(Answers answers, Promql promql, Kept kept) {
    this.answers = answers;
    this.promql = promql;
    this.kept = kept;
    this.raw = new RawReader(answers, kept);
  }

  /** What {@link Promql#fresh} gives; empty where that has to be asked. */
  Optional<ColumnSink> samples(Signal signal, Slots slots)
      throws PrometheusException, PartialAnswerException {
    Optional<Plain> plain = promql.plain(signal);
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    Optional<ColumnSink> scraped = scraped(plain.get(), slots);
    List<String> metrics = plain.get().metrics();
    return scraped.isPresent() || metrics.isEmpty() ? scraped : Optional.of(asked(metrics, slots));
  }

  /** From the samples as they were scraped. */
  private Optional<ColumnSink> scraped(Plain plain, Slots slots)
      throws PrometheusException, PartialAnswerException {
    Evaluator evaluator = new Evaluator(slots);
    Map<Map<String, String>, BitSet> open = new HashMap<>(); // fresh, and nothing was found yet
    for (Formula.Metric clock : plain.clocks()) {
      Optional<RawRows> scraped =
          plain.ofTarget() ? raw.read(clock, slots) : raw.read(clock, slots, of(pods.keySet()));
      if (scraped.isEmpty()) {
        return Optional.empty();
      }
      evaluator.put(clock, scraped.get().values());
      scraped.get().freshBy(promql.labels()).forEach((labels, more) -> allow(open, labels, more));
    }
    if (!plain.ofTarget()) {
      open.forEach((labels, fresh) -> fresh.and(pods.getOrDefault(pod(labels), new BitSet())));
    }
    ColumnSink columns = answers.columns(slots);
    for (Formula way : plain.ways()) {
      open.values().removeIf(BitSet::isEmpty);
      if (open.isEmpty()) {
        break;
      }
      for (Formula.Metric metric : way.metrics()) {
        if (!evaluator.has(metric)) {
          Optional<RawRows> scraped = raw.read(metric, slots, of(open.keySet()));
          if (scraped.isEmpty()) {
            return Optional.empty();
          }
          evaluator.put(metric, scraped.get().values());
        }
      }
      evaluator
          .maxBy(promql.labels(), way)
          .forEach(
              (labels, row) -> {
                BitSet wanted = open.getOrDefault(labels, new BitSet());
                if (wanted.intersects(row.present())) {
                  Rows.copy(row, wanted, slots, columns);
                  wanted.andNot(row.present());
                }
              });
    }
    return Optional.of(columns);
  }

  /** By queries that cost less than the whole. */
  private ColumnSink asked(List<String> metrics, Slots slots)
      throws PrometheusException, PartialAnswerException {
    ColumnSink columns = answers.columns(slots);
    Map<Map<String, String>, Row> values = new LinkedHashMap<>();
    Map<Map<String, String>, BitSet> fresh = new HashMap<>();
    for (String metric : metrics) {
      Rows rows = kept.part(metric, Rows::values, () -> values(metric, slots));
      columns.offGrid(rows.offGrid());
      add(values, rows);
      atLeast(1, promql.withinSlot(metric), slots)
          .forEach((labels, more) -> allow(fresh, labels, more));
    }
    if (values.values().stream().anyMatch(row -> !contains(fresh, row))) {
      for (String metric : metrics) {
        Map<Map<String, String>, BitSet> near =
            atLeast(1, promql.withinSlotAndTenth(metric), slots);
        atLeast(2, promql.withinTwoSlots(metric), slots)
            .forEach(
                (labels, often) -> {
                  BitSet late = (BitSet) often.clone();
                  late.and(near.getOrDefault(labels, new BitSet()));
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
    pods = rows.presentBy(Promql.POD);
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
    Optional<RawRows> scraped = raw.read(CONTAINER_START, slots, of(pods.keySet()));
    if (scraped.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        scraped
            .get()
            .values()
            .changesBy(
                promql.labels(),
                (labels, slot) -> {
                  BitSet there = pods.get(pod(labels));
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

  private Rows values(String metric, Slots slots)
      throws PrometheusException, PartialAnswerException {
    Rows rows = new Rows(slots);
    answers.values(metric, slots, rows);
    return rows;
  }

  /** In which slots an expression is so large. */
  private Map<Map<String, String>, BitSet> atLeast(int least, String expr, Slots slots)
      throws PrometheusException, PartialAnswerException {
    return kept.part(
        expr,
        Map::size,
        () -> {
          Map<Map<String, String>, BitSet> found = new HashMap<>();
          rows(expr, slots)
              .maxBy(promql.labels())
              .forEach((labels, row) -> found.put(labels, row.atLeast(least)));
          return found;
        });
  }

  /** Of a selector, or a metric. */
  private Rows rowsOf(String selector, Slots slots)
      throws PrometheusException, PartialAnswerException {
    Optional<Formula.Metric> metric = FormulaParser.metric(selector);
    Optional<RawRows> scraped =
        metric.isPresent() ? raw.read(metric.get(), slots) : Optional.empty();
    return scraped.isPresent() ? scraped.get().values() : rows(selector, slots);
  }

  private Rows rows(String expr, Slots slots) throws PrometheusException, PartialAnswerException {
    Rows rows = new Rows(slots);
    answers.range(expr, slots, rows);
    return rows;
  }

  /** Whether a series may be of one of these; not by cluster, which may be the server's. */
  private static Predicate<Map<String, String>> of(Set<Map<String, String>> targets) {
    Set<Map<String, String>> names = new HashSet<>();
    targets.forEach(target -> names.add(Rows.by(POD_NAME, target)));
    return labels -> names.contains(Rows.by(POD_NAME, labels));
  }

  private static Map<String, String> pod(Map<String, String> labels) {
    return Rows.by(Promql.POD, labels);
  }

  private static void allow(
      Map<Map<String, String>, BitSet> slots, Map<String, String> labels, BitSet more) {
    slots.computeIfAbsent(labels, l -> new BitSet()).or(more);
  }

  private static boolean contains(Map<Map<String, String>, BitSet> fresh, Row row) {
    BitSet missing = (BitSet) row.present().clone();
    missing.andNot(fresh.getOrDefault(row.labels(), new BitSet()));
    return missing.isEmpty();
  }
}
