package dev.tidemark.exporter;

import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.source.NamesReader;
import dev.tidemark.exporter.source.PartialAnswerException;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.signal.Signal;
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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which metrics each target exposes, of those that the judged signals need, and of those of
 * goroutines, which tell the library it uses: asked for once an hour, a few names a slot, so that
 * no query is large. {@link #runDue} is for the evaluation thread only, {@link #exposed} for any.
 * Nothing judged depends on it.
 */
final class Inventory {
  /** Asks who exposes a metric in a slot. */
  @FunctionalInterface
  interface Names {
    NamesReader.Exposing exposing(Need need, long slot)
        throws PrometheusException, PartialAnswerException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);
  private static final long EVERY_MILLIS = 3_600_000;
  private static final long AGAIN_MILLIS = 300_000;
  private static final int NAMES_A_SLOT = 4;

  /** Every library of Go tells it, each by another name. */
  private static final String OF_ALL = "goroutines";

  private final Names reader;
  private final List<Need> needs;
  private final Map<String, BitSet> found = new HashMap<>();
  private final BitSet anywhere = new BitSet();
  private int next;
  private long dueAt;
  private volatile Map<String, Set<String>> known = Map.of();

  Inventory(Names reader, List<Signal> signals) {
    this.reader = reader;
    Map<String, Need> byName = new LinkedHashMap<>();
    Stream.concat(signals.stream(), Catalogue.load().find(OF_ALL).stream())
        .forEach(s -> s.needs().forEach(need -> byName.merge(need.metric(), need, Inventory::own)));
    this.needs = new ArrayList<>(byName.values());
  }

  /**
   * Signals may differ in whose labels a metric carries; both answers are in the one with labels.
   */
  private static Need own(Need one, Need other) {
    return one.clock() ? one : other;
  }

  /** The metrics of a target; empty where it is not known yet. */
  Optional<Set<String>> exposed(String target) {
    return Optional.ofNullable(known.get(target));
  }

  void runDue(long slot) {
    if (slot < dueAt || needs.isEmpty()) {
      return;
    }
    try {
      for (int i = 0; i < NAMES_A_SLOT && next < needs.size(); i++, next++) {
        learn(slot);
      }
    } catch (PrometheusException | PartialAnswerException e) {
      LOG.atDebug().addKeyValue("err", e.getMessage()).log("what targets expose is not known");
      begin(slot + AGAIN_MILLIS);
      return;
    }
    if (next == needs.size()) {
      known = names();
      begin(slot + EVERY_MILLIS);
    }
  }

  private void learn(long slot) throws PrometheusException, PartialAnswerException {
    NamesReader.Exposing exposing = reader.exposing(needs.get(next), slot);
    if (exposing.targets().isEmpty() && !needs.get(next).clock()) {
      anywhere.set(next, exposing.anywhere());
    }
    exposing
        .targets()
        .forEach(key -> found.computeIfAbsent(SeriesView.nameOf(key), k -> new BitSet()).set(next));
  }

  /** Targets of one kind share their set of names, so that a hundred thousand cost little. */
  private Map<String, Set<String>> names() {
    Map<BitSet, Set<String>> shared = new HashMap<>();
    Map<String, Set<String>> byTarget = new HashMap<>();
    found.forEach(
        (target, bits) -> byTarget.put(target, shared.computeIfAbsent(bits, this::named)));
    return byTarget;
  }

  private Set<String> named(BitSet bits) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < needs.size(); i++) {
      if (bits.get(i) || anywhere.get(i)) {
        names.add(needs.get(i).metric());
      }
    }
    return Set.copyOf(names);
  }

  private void begin(long at) {
    dueAt = at;
    next = 0;
    found.clear();
    anywhere.clear();
  }
}
