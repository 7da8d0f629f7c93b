package dev.tidemark.exporter.source;

import dev.tidemark.signals.fact.Fact;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks for limits and facts, which are looked up on coarser grids than the samples. */
final class FactReader {
  /** Limits are asked every so many slots. */
  static final int LIMIT_SLOTS = 10;

  /**
   * What is looked up is asked every so many slots: there are ten times as many facts as signals.
   */
  private static final int LOOK_SLOTS = 40;

  /** What no target tells is asked again after so many looks. */
  private static final int SILENT_LOOKS = 6;

  /** In place of a rest: told by the last look. One silence after it is a gap, two are an end. */
  private static final int TOLD = -1;

  /** Of a chunk of the past so many are asked: what is true now has to be seen a few times. */
  private static final int LOOKUPS_OF_THE_PAST = 3;

  /**
   * What was found.
   *
   * @param tables in the order of time
   * @param rests as in {@link Told}
   * @param refused what the source refuses, and why
   */
  record Found(List<LimitTable> tables, Map<String, Integer> rests, Map<String, String> refused) {}

  /**
   * What came of one expression.
   *
   * @param refused why nothing does, in the source's words; empty where it answers
   */
  private record Looked(List<LimitTable> tables, String refused) {
    static final Looked NOTHING = new Looked(List.of(), "");
  }

  private final Answers answers;
  private final Promql promql;
  private final Kept kept;
  private final List<Signal> signals;
  private final List<Lookup> lookups;

  FactReader(
      Answers answers, Promql promql, Kept kept, List<Signal> signals, List<Lookup> lookups) {
    this.answers = answers;
    this.promql = promql;
    this.kept = kept;
    this.signals = List.copyOf(signals);
    this.lookups = List.copyOf(lookups);
  }

  /** Asks for what is due in a range. */
  Found read(Slots range, Told told, MetricNames names)
      throws PrometheusException, PartialAnswerException {
    Slots limits = due(range, LIMIT_SLOTS, told.limitsAsOf());
    // the first look is not to wait, nor to look back
    boolean isFirst = told.looksAsOf() == Long.MIN_VALUE;
    boolean arrives = isPresent(range) && !told.live();
    Slots looks =
        arrives ? range : end(isFirst ? limits : due(range, LOOK_SLOTS, told.looksAsOf()));
    Set<String> exprs = new LinkedHashSet<>();
    signals.stream().map(Signal::limit).filter(l -> l != null).forEach(exprs::add);
    List<LimitTable> tables = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    for (String expr : limits.count() > 0 ? exprs : Set.<String>of()) {
      String name = "limit of " + whose(expr);
      Looked looked =
          kept.want(
              name,
              () -> look(names, expr, promql.limit(expr), Fact.Merge.MIN, limits),
              Looked.NOTHING);
      tables.addAll(looked.tables);
      refused.put(name, looked.refused);
    }
    Map<String, Integer> rests = new HashMap<>(told.rests());
    for (Lookup lookup : lookups) {
      Slots asked = lookup.wholeHistory() ? limits : looks;
      int rest = lookup.wholeHistory() || arrives ? 0 : rests.getOrDefault(lookup.id(), 0);
      if (asked.count() == 0 || rest > 0) {
        rests.put(lookup.id(), asked.count() == 0 ? rest : rest - 1);
        continue;
      }
      String expr = promql.lookup(lookup.expr());
      Looked looked =
          kept.want(
              lookup.name(),
              () -> look(names, lookup.name(), expr, lookup.merge(), asked),
              Looked.NOTHING);
      refused.put(lookup.name(), looked.refused);
      if (looked.refused.isEmpty()) {
        tables.addAll(looked.tables);
        boolean answered = looked.tables.stream().anyMatch(table -> !table.limits().isEmpty());
        int silent = rest == TOLD ? 0 : SILENT_LOOKS - 1;
        rests.put(lookup.id(), answered ? TOLD : silent);
      }
    }
    tables.sort(Comparator.comparingLong(LimitTable::slot));
    refused.values().removeIf(String::isEmpty);
    return new Found(tables, rests, refused);
  }

  /**
   * Slots of a history are read many at a time, the present alone. What a look in the past left
   * open must not stay so until the next one, and what nobody told a week ago may be told by now.
   */
  static boolean isPresent(Slots range) {
    return range.count() == 1;
  }

  private Looked look(MetricNames names, String name, String expr, Fact.Merge merge, Slots asked)
      throws PrometheusException, PartialAnswerException {
    if (!names.canAnswer(expr)) {
      return new Looked(tables(name, List.of(), merge, asked), "");
    }
    try {
      return new Looked(tables(name, answers.events(expr, asked), merge, asked), "");
    } catch (PrometheusException e) {
      return new Looked(List.of(), answers.whyAlone(e, expr, asked));
    }
  }

  /** The last slot limits are told of once a range was read. */
  long limitsAsOf(Slots range, Told before) {
    return Math.max(before.limitsAsOf(), floor(range.last(), LIMIT_SLOTS));
  }

  /** The same of facts. */
  long looksAsOf(Slots range, Told before) {
    return Math.max(before.looksAsOf(), floor(range.last(), LOOK_SLOTS));
  }

  /** The slots of the coarser grid that a range reaches and nobody was told of. */
  private Slots due(Slots range, int every, long asOf) {
    long step = every * promql.step();
    long from = Math.max(floor(range.first(), every), asOf + step);
    int count = from > range.last() ? 0 : (int) ((floor(range.last(), every) - from) / step) + 1;
    return new Slots(from, count, step);
  }

  private static Slots end(Slots coarse) {
    int count = Math.min(coarse.count(), LOOKUPS_OF_THE_PAST);
    return new Slots(coarse.at(coarse.count() - count), count, coarse.step());
  }

  private static List<LimitTable> tables(
      String name, List<Event> rows, Fact.Merge merge, Slots coarse) {
    Map<Long, Map<TargetKey, Double>> bySlot = new HashMap<>();
    for (Event row : rows) {
      TargetKey.of(row.labels())
          .ifPresent(
              key ->
                  bySlot
                      .computeIfAbsent(row.slot(), s -> new HashMap<>())
                      .merge(key, row.value(), merge::of));
    }
    List<LimitTable> tables = new ArrayList<>();
    for (int i = 0; i < coarse.count(); i++) {
      long slot = coarse.at(i);
      tables.add(new LimitTable(slot, name, bySlot.getOrDefault(slot, Map.of()), merge));
    }
    return tables;
  }

  private String whose(String limit) {
    return signals.stream()
        .filter(s -> limit.equals(s.limit()))
        .map(Signal::id)
        .collect(Collectors.joining(", "));
  }

  private long floor(long slot, int every) {
    long step = every * promql.step();
    return Math.floorDiv(slot, step) * step;
  }
}
