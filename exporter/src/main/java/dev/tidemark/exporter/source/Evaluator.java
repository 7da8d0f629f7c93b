package dev.tidemark.exporter.source;

import dev.tidemark.exporter.source.Rows.Row;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates formulas as Prometheus does: operators match series by all labels but their name, in
 * each slot. All that can match is one label set's, so those are taken one after another.
 */
final class Evaluator {
  private final Slots slots;
  private final Map<Formula.Metric, Map<Map<String, String>, Row>> series = new HashMap<>();

  Evaluator(Slots slots) {
    this.slots = slots;
  }

  boolean has(Formula.Metric metric) {
    return series.containsKey(metric);
  }

  void put(Formula.Metric metric, Rows rows) {
    series.put(metric, rows.byOwnLabels());
  }

  /** As {@code max by (labels) (formula)}; all its metrics were put. */
  Map<Map<String, String>, Row> maxBy(Set<String> labels, Formula formula) {
    Map<Map<String, String>, Row> groups = new LinkedHashMap<>();
    for (Map<String, String> own : rows(formula.metrics().get(0)).keySet()) {
      Row row = of(formula, own);
      if (row != null) {
        groups
            .computeIfAbsent(Rows.by(labels, own), by -> new Row(Map.copyOf(by), slots.count()))
            .putAll(row);
      }
    }
    return groups;
  }

  private Map<Map<String, String>, Row> rows(Formula.Metric metric) {
    return series.getOrDefault(metric, Map.of());
  }

  /** What comes of the series with these labels; null where nothing does. */
  private @Nullable Row of(Formula formula, Map<String, String> own) {
    if (formula instanceof Formula.Metric metric) {
      return rows(metric).get(own);
    }
    if (formula instanceof Formula.Filter filter) {
      Row row = of(filter.of(), own);
      return row == null ? null : filtered(row, filter::keeps);
    }
    if (formula instanceof Formula.Unless unless) {
      return without(of(unless.of(), own), of(unless.other(), own));
    }
    if (formula instanceof Formula.Arithmetic sum) {
      if (sum.right() instanceof Formula.Constant right) {
        return mapped(of(sum.left(), own), value -> sum.of(value, right.value()));
      }
      if (sum.left() instanceof Formula.Constant left) {
        return mapped(of(sum.right(), own), value -> sum.of(left.value(), value));
      }
      return both(sum, of(sum.left(), own), of(sum.right(), own));
    }
    throw new IllegalStateException("a number alone has no labels: " + formula);
  }

  private @Nullable Row mapped(@Nullable Row row, DoubleUnaryOperator to) {
    if (row == null) {
      return null;
    }
    Row result = new Row(row.labels(), slots.count());
    row.present().stream().forEach(i -> set(result, i, to.applyAsDouble(row.values()[i])));
    return result;
  }

  private Row filtered(Row row, DoublePredicate keeps) {
    Row result = new Row(row.labels(), slots.count());
    row.present().stream()
        .filter(i -> keeps.test(row.values()[i]))
        .forEach(i -> set(result, i, row.values()[i]));
    return result;
  }

  private @Nullable Row without(@Nullable Row row, @Nullable Row other) {
    if (row == null || other == null) {
      return row;
    }
    Row result = new Row(row.labels(), slots.count());
    row.present().stream()
        .filter(i -> !other.present().get(i))
        .forEach(i -> set(result, i, row.values()[i]));
    return result;
  }

  private @Nullable Row both(Formula.Arithmetic sum, @Nullable Row left, @Nullable Row right) {
    if (left == null || right == null) {
      return null;
    }
    BitSet present = (BitSet) left.present().clone();
    present.and(right.present());
    Row result = new Row(left.labels(), slots.count());
    present.stream().forEach(i -> set(result, i, sum.of(left.values()[i], right.values()[i])));
    return result;
  }

  private static void set(Row row, int slot, double value) {
    row.values()[slot] = value;
    row.present().set(slot);
  }
}
