package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;

/** The rows of an answer as they came, one place a slot, and what queries would make of them. */
final class Rows implements SeriesSink {
  /** What a row, or several as one, has in each slot; a value counts only where it is present. */
  static final class Row {
    private Map<String, String> labels;
    private final double[] values;
    private final BitSet present;

    Row(Map<String, String> labels, int slots) {
      this.labels = labels;
      this.values = new double[slots];
      this.present = new BitSet(slots);
    }

    Map<String, String> labels() {
      return labels;
    }

    double[] values() {
      return values;
    }

    BitSet present() {
      return present;
    }

    /** The slots whose value is so large. */
    BitSet atLeast(double least) {
      BitSet found = new BitSet(values.length);
      present.stream().filter(i -> values[i] >= least).forEach(found::set);
      return found;
    }

    /** This, and the other's in the slots that are empty here. */
    Row orElse(Row other) {
      other.present.stream().filter(i -> !present.get(i)).forEach(i -> values[i] = other.values[i]);
      present.or(other.present);
      return this;
    }

    void putAll(Row other) {
      if (present.isEmpty()) {
        System.arraycopy(other.values, 0, values, 0, values.length);
        present.or(other.present);
        return;
      }
      for (int i = other.present.nextSetBit(0); i >= 0; i = other.present.nextSetBit(i + 1)) {
        put(i, other.values[i], Rows::max);
      }
    }

    void put(int slot, double value, DoubleBinaryOperator merge) {
      values[slot] = present.get(slot) ? merge.applyAsDouble(values[slot], value) : value;
      present.set(slot);
    }
  }

  private final Slots slots;
  private final List<Row> rows = new ArrayList<>();
  private Row current;
  private long offGrid;

  Rows(Slots slots) {
    this.slots = slots;
    this.current = new Row(Map.of(), slots.count());
  }

  @Override
  public void begin(Map<String, String> labels) {
    current = new Row(labels, slots.count());
    rows.add(current);
  }

  @Override
  public void sample(long millis, double value) {
    int slot = slots.indexOf(millis);
    if (slot < 0) {
      offGrid++;
    } else {
      current.values[slot] = value;
      current.present.set(slot);
    }
  }

  @Override
  public void end() {}

  /** What there is in a slot. */
  Map<Map<String, String>, Double> in(int slot) {
    Map<Map<String, String>, Double> found = new HashMap<>();
    for (Row row : rows) {
      if (row.present.get(slot)) {
        found.put(row.labels, row.values[slot]);
      }
    }
    return found;
  }

  /** Of each row, in their order. */
  List<Map<String, String>> labels() {
    return rows.stream().map(Row::labels).toList();
  }

  Set<String> labelNames() {
    Set<String> names = new HashSet<>();
    rows.forEach(row -> names.addAll(row.labels.keySet()));
    return names;
  }

  /** Where they have these values. */
  void dropLabels(Map<String, String> labels) {
    for (Row row : rows) {
      if (!Collections.disjoint(row.labels.entrySet(), labels.entrySet())) {
        row.labels = new HashMap<>(row.labels);
        row.labels.entrySet().removeAll(labels.entrySet());
      }
    }
  }

  void keepRows(Predicate<Map<String, String>> byLabels) {
    rows.removeIf(row -> !byLabels.test(row.labels));
  }

  /** Each row by the labels that operators match by: all but the name. */
  Map<Map<String, String>, Row> byOwnLabels() {
    Map<Map<String, String>, Row> own = new LinkedHashMap<>();
    for (Row row : rows) {
      Map<String, String> labels = new HashMap<>(row.labels);
      labels.remove("__name__");
      own.put(labels, row);
    }
    return own;
  }

  /** In which slots any of the rows is there that {@code by (labels)} makes one. */
  Map<Map<String, String>, BitSet> presentBy(Set<String> labels) {
    Map<Map<String, String>, BitSet> groups = new HashMap<>();
    for (Row row : rows) {
      groups.computeIfAbsent(by(labels, row.labels), k -> new BitSet()).or(row.present);
    }
    return groups;
  }

  long offGrid() {
    return offGrid;
  }

  /** How many values there is place for. */
  long values() {
    return (long) rows.size() * slots.count();
  }

  /** The same with 1 for every value, as {@code group} has it. */
  Rows onlyPresence() {
    rows.forEach(row -> Arrays.fill(row.values(), 1));
    return this;
  }

  /** As {@code max by (labels) (rows)}. */
  Map<Map<String, String>, Row> maxBy(Set<String> labels) {
    Map<Map<String, String>, Row> groups = new HashMap<>();
    for (Row row : rows) {
      Row group = group(groups, row, labels);
      group.putAll(row);
    }
    return groups;
  }

  /**
   * As {@code max by (labels) (rows unless (rows == rows offset 1 slot))}, and all there is in the
   * first slot.
   */
  List<Event> changesBy(Set<String> labels) {
    return changesBy(labels, (ofRow, slot) -> true);
  }

  /** Whether a change counts. */
  interface Counts {
    boolean in(Map<String, String> labels, int slot);
  }

  /** The same, of the changes that count. */
  List<Event> changesBy(Set<String> labels, Counts counts) {
    Map<Map<String, String>, Row> groups = new HashMap<>();
    for (Row row : rows) {
      double[] values = row.values;
      BitSet present = row.present;
      for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
        boolean changed = i == 0 || !present.get(i - 1) || values[i - 1] != values[i];
        if (changed && counts.in(row.labels, i)) {
          group(groups, row, labels).put(i, values[i], Rows::max);
        }
      }
    }
    List<Event> events = new ArrayList<>();
    for (Row group : groups.values()) {
      group.present().stream()
          .filter(i -> Double.isFinite(group.values()[i]))
          .forEach(i -> events.add(new Event(slots.at(i), group.labels(), group.values()[i])));
    }
    return events;
  }

  private Row group(Map<Map<String, String>, Row> groups, Row row, Set<String> labels) {
    return groups.computeIfAbsent(
        by(labels, row.labels), k -> new Row(Map.copyOf(k), slots.count()));
  }

  /** What {@code by (labels)} leaves of a row's. */
  static Map<String, String> by(Set<String> labels, Map<String, String> ofRow) {
    Map<String, String> kept = new HashMap<>();
    for (String label : labels) {
      String value = ofRow.getOrDefault(label, "");
      if (!value.isEmpty()) {
        kept.put(label, value);
      }
    }
    return kept;
  }

  /** Prometheus' own: a NaN gives way to anything. */
  private static double max(double a, double b) {
    return Double.isNaN(a) || b > a ? b : a;
  }

  /** Fills in what is present here and allowed; the rest of the slots stay as they are. */
  static void copy(Row from, BitSet allowed, Slots slots, SeriesSink to) {
    BitSet taken = (BitSet) from.present().clone();
    taken.and(allowed);
    to.begin(from.labels());
    for (int i = taken.nextSetBit(0); i >= 0; i = taken.nextSetBit(i + 1)) {
      to.sample(slots.at(i), from.values[i]);
    }
    to.end();
  }
}
