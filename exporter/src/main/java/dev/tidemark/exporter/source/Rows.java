package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** The rows of an answer as they came, one place a slot, and what queries would make of them. */
final class Rows implements SeriesSink {
  /** What a row, or several as one, has in each slot; a value counts only where it is present. */
  static final class Row {
    private final Map<String, String> labels;
    private final double[] values;
    private final BitSet present;

    private Row(Map<String, String> labels, int slots) {
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

    /** This, and the other's in the slots that are empty here. */
    Row orElse(Row other) {
      other.present.stream().filter(i -> !present.get(i)).forEach(i -> values[i] = other.values[i]);
      present.or(other.present);
      return this;
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
      current.put(slot, value, (a, b) -> b);
    }
  }

  @Override
  public void end() {}

  long offGrid() {
    return offGrid;
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
      row.present().stream().forEach(i -> group.put(i, row.values()[i], Rows::max));
    }
    return groups;
  }

  /**
   * As {@code max by (labels) (rows unless (rows == rows offset 1 slot))}, and all there is in the
   * first slot.
   */
  List<Event> changesBy(Set<String> labels) {
    Map<Map<String, String>, Row> groups = new HashMap<>();
    for (Row row : rows) {
      double[] values = row.values();
      row.present().stream()
          .filter(i -> i == 0 || !row.present().get(i - 1) || values[i - 1] != values[i])
          .forEach(i -> group(groups, row, labels).put(i, values[i], Rows::max));
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
    Map<String, String> kept = new TreeMap<>(row.labels());
    kept.keySet().retainAll(labels);
    kept.values().removeIf(String::isEmpty);
    return groups.computeIfAbsent(kept, k -> new Row(Map.copyOf(k), slots.count()));
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
    taken.stream().forEach(i -> to.sample(slots.at(i), from.values()[i]));
    to.end();
  }
}
