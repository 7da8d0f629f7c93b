package dev.tidemark.exporter.source;

import dev.tidemark.signals.fact.Fact;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.signals.target.WorkloadResolver;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks for one chunk after another. What hardly ever changes (which targets, when they started,
 * their limits) is asked whole for the first slot and as changes for the others, because a week of
 * it on the grid would be as much as the samples. For the evaluation thread only.
 */
public final class ChunkReader implements ChunkSource {
  /** Limits are asked every so many slots. */
  static final int LIMIT_SLOTS = 10;

  /**
   * What is looked up is asked every so many slots: there are ten times as many facts as signals.
   */
  private static final int LOOK_SLOTS = 40;

  /** What no target tells is asked again after so many looks. */
  private static final int SILENT_LOOKS = 6;

  /** Of a chunk of the past so many are asked: what is true now has to be seen a few times. */
  private static final int LOOKUPS_OF_THE_PAST = 3;

  private final Answers answers;
  private final Promql promql;
  private final PlainReader plain;
  private final Grid grid;
  private final List<Signal> signals;
  private final List<Lookup> lookups;
  private final Set<String> podsWithOwner = new HashSet<>();
  private final Map<String, Integer> silent = new HashMap<>();
  private Map<String, Integer> restsToBe = Map.of();
  private long limitsAsOf = Long.MIN_VALUE;
  private long looksAsOf = Long.MIN_VALUE;

  /**
   * @param match which targets to judge; empty means every Go process
   * @param moreLabels labels to keep beside those of the target
   */
  public ChunkReader(
      Answers answers,
      Grid grid,
      List<Selector> match,
      List<String> moreLabels,
      List<Signal> signals) {
    this(answers, grid, match, moreLabels, signals, List.of());
  }

  /**
   * @param lookups what to ask beside, as often as the limits
   */
  public ChunkReader(
      Answers answers,
      Grid grid,
      List<Selector> match,
      List<String> moreLabels,
      List<Signal> signals,
      List<Lookup> lookups) {
    this.answers = answers;
    this.promql = new Promql(grid, match, moreLabels);
    this.plain = new PlainReader(answers, promql);
    this.grid = grid;
    this.signals = List.copyOf(signals);
    this.lookups = List.copyOf(lookups);
  }

  @Override
  public Chunk read(long first, int slots) throws PrometheusException, PartialAnswerException {
    Slots range = new Slots(first, slots, grid.step());
    List<Event> came = targets(range);
    List<Event> starts = processStarts(range);
    List<Event> containers =
        new ArrayList<>(answers.events(promql.containerStart(), range.only(first)));
    if (slots > 1) {
      containers.addAll(answers.events(promql.containerStartThatChanged(), range.rest()));
    }
    Map<String, String> refused = new LinkedHashMap<>();
    List<Map<String, String>> owners = owners(came, range);
    List<LimitTable> limits = limits(range, refused);
    Map<Signal, Map<TargetKey, Column>> samples = new LinkedHashMap<>();
    Chunk.Rejected rejected = Chunk.Rejected.NONE;
    for (Signal signal : signals) {
      ColumnSink sink = new ColumnSink(range);
      String expr = promql.fresh(signal);
      try {
        List<String> metrics = promql.plainMetrics(signal);
        if (!metrics.isEmpty() && isLong(range)) {
          sink = plain.samples(metrics, range);
        } else {
          answers.range(expr, range, sink);
        }
      } catch (PrometheusException e) {
        refused.put("signal " + signal.id(), whyAlone(e, expr, range));
        sink = new ColumnSink(range);
      }
      samples.put(signal, sink.columns());
      rejected = rejected.plus(sink.rejected());
    }
    // only now: what is asked again after a failure must be told again
    silent.putAll(restsToBe);
    limitsAsOf = Math.max(limitsAsOf, floor(range.last(), LIMIT_SLOTS));
    looksAsOf = Math.max(looksAsOf, floor(range.last(), LOOK_SLOTS));
    if (!owners.isEmpty()) {
      podsWithOwner.clear();
      owners.forEach(row -> podsWithOwner.add(pod(row)));
    }
    Comparator<Event> byTime = Comparator.comparingLong(Event::slot);
    came.sort(byTime);
    starts.sort(byTime);
    containers.sort(byTime);
    return new Chunk(
        first,
        slots,
        grid.step(),
        samples,
        came,
        starts,
        containers,
        limits,
        owners,
        refused,
        rejected);
  }

  private static boolean isLong(Slots range) {
    return range.count() >= PlainReader.LEAST_SLOTS;
  }

  private List<Event> targets(Slots range) throws PrometheusException, PartialAnswerException {
    Optional<String> selector = promql.plainTargets();
    if (selector.isPresent() && isLong(range)) {
      return plain.came(selector.get(), range);
    }
    List<Event> came = new ArrayList<>(answers.events(promql.targets(), range.only(range.first())));
    if (range.count() > 1) {
      came.addAll(answers.events(promql.targetsThatCame(), range.rest()));
    }
    return came;
  }

  private List<Event> processStarts(Slots range)
      throws PrometheusException, PartialAnswerException {
    if (isLong(range)) {
      return plain.changes(Promql.PROCESS_START, range);
    }
    List<Event> starts =
        new ArrayList<>(answers.events(promql.processStart(), range.only(range.first())));
    if (range.count() > 1) {
      starts.addAll(answers.events(promql.processStartThatChanged(), range.rest()));
    }
    return starts;
  }

  /**
   * Why one expression brings nothing while the others go on: the server refuses it for a single
   * slot, too, so it is wrong and not too much. Anything else is the failure of the whole chunk.
   */
  private String whyAlone(PrometheusException failure, String expr, Slots range)
      throws PrometheusException, PartialAnswerException {
    if (failure.reason() != Reason.QUERY || isTooMuch(failure)) {
      throw failure;
    }
    if (range.count() > 1) {
      try {
        answers.range(expr, range.only(range.last()), new ColumnSink(range));
      } catch (PrometheusException e) {
        return whyAlone(e, expr, range.only(range.last()));
      }
      throw failure;
    }
    return String.valueOf(failure.getMessage());
  }

  private static boolean isTooMuch(PrometheusException failure) {
    return String.valueOf(failure.getMessage()).contains("too many samples");
  }

  @Override
  public String match() {
    return promql.match();
  }

  @Override
  public String trouble() {
    return "";
  }

  /**
   * Owners of pods never change, so they are asked when there is a pod whose owner is not known.
   */
  private List<Map<String, String>> owners(List<Event> came, Slots range)
      throws PrometheusException, PartialAnswerException {
    boolean unknown =
        came.stream()
            .map(Event::labels)
            .anyMatch(l -> l.containsKey("pod") && !podsWithOwner.contains(pod(l)));
    if (!unknown) {
      return List.of();
    }
    String expr = WorkloadResolver.OWNERS_EXPR;
    if (range.count() > 1) { // pods that came and went inside the chunk count too
      long every = Math.max(grid.step(), Duration.ofMinutes(1).toMillis());
      expr = "last_over_time((%s)[%dms:%dms])".formatted(expr, range.last() - range.first(), every);
    }
    return answers.events(expr, range.only(range.last())).stream().map(Event::labels).toList();
  }

  private static String pod(Map<String, String> labels) {
    return labels.getOrDefault("cluster", "")
        + '/'
        + labels.getOrDefault("namespace", "")
        + '/'
        + labels.getOrDefault("pod", "");
  }

  private List<LimitTable> limits(Slots range, Map<String, String> refused)
      throws PrometheusException, PartialAnswerException {
    Slots limits = due(range, LIMIT_SLOTS, limitsAsOf);
    boolean isFirst =
        looksAsOf == Long.MIN_VALUE; // the first look is not to wait, nor to look back
    Slots looks = end(isFirst ? limits : due(range, LOOK_SLOTS, looksAsOf));
    Set<String> exprs = new LinkedHashSet<>();
    signals.stream().map(Signal::limit).filter(l -> l != null).forEach(exprs::add);
    List<LimitTable> tables = new ArrayList<>();
    for (String expr : limits.count() > 0 ? exprs : Set.<String>of()) {
      try {
        tables.addAll(tables(expr, promql.limit(expr), Fact.Merge.MIN, limits));
      } catch (PrometheusException e) {
        refused.put("limit of " + whose(expr), whyAlone(e, promql.limit(expr), limits));
      }
    }
    Map<String, Integer> rests = new HashMap<>();
    for (Lookup lookup : lookups) {
      Slots asked = lookup.wholeHistory() ? limits : looks;
      int rest = lookup.wholeHistory() ? 0 : silent.getOrDefault(lookup.id(), 0);
      if (asked.count() == 0 || rest > 0) {
        rests.put(lookup.id(), asked.count() == 0 ? rest : rest - 1);
        continue;
      }
      String expr = promql.lookup(lookup.expr());
      try {
        List<LimitTable> found = tables(lookup.expr(), expr, lookup.merge(), asked);
        tables.addAll(found);
        boolean told = found.stream().anyMatch(table -> !table.limits().isEmpty());
        rests.put(lookup.id(), told ? 0 : SILENT_LOOKS - 1);
      } catch (PrometheusException e) {
        refused.put("fact " + lookup.id(), whyAlone(e, expr, asked));
      }
    }
    restsToBe = rests;
    tables.sort(Comparator.comparingLong(LimitTable::slot));
    return tables;
  }

  /** The slots of the coarser grid that a range reaches and nobody was told of. */
  private Slots due(Slots range, int every, long asOf) {
    long step = every * grid.step();
    long from = Math.max(floor(range.first(), every), asOf + step);
    int count = from > range.last() ? 0 : (int) ((floor(range.last(), every) - from) / step) + 1;
    return new Slots(from, count, step);
  }

  private static Slots end(Slots coarse) {
    int count = Math.min(coarse.count(), LOOKUPS_OF_THE_PAST);
    return new Slots(coarse.at(coarse.count() - count), count, coarse.step());
  }

  private List<LimitTable> tables(String name, String expr, Fact.Merge merge, Slots coarse)
      throws PrometheusException, PartialAnswerException {
    Map<Long, Map<TargetKey, Double>> bySlot = new HashMap<>();
    for (Event row : answers.events(expr, coarse)) {
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
      tables.add(new LimitTable(slot, name, bySlot.getOrDefault(slot, Map.of())));
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
    long step = every * grid.step();
    return Math.floorDiv(slot, step) * step;
  }
}
