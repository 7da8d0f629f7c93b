package dev.tidemark.exporter.source;

import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.signals.target.WorkloadResolver;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks for one chunk after another. What hardly ever changes (which targets, when they started,
 * their limits) is asked whole for the first slot and as changes for the others, because a week of
 * it on the grid would be as much as the samples. What a chunk told counts as told when the next
 * begins where it ended; one that failed, was cut or thrown away is told again. Where a chunk
 * failed, its good answers are kept, and the same slots are asked only for the others. For one
 * thread at a time.
 */
public final class ChunkReader implements ChunkSource {
  private static final int CHUNKS_WITHOUT_NAMES = 20;

  private final Answers answers;
  private final Promql promql;
  private final PlainReader plain;
  private final Grid grid;
  private final List<Signal> signals;
  private final FactReader facts;
  private final Kept kept = new Kept();

  /** For how many chunks more the names are not asked, which the source did not tell. */
  private int withoutNames;

  /** Before the chunk that was read last. */
  private Told told = Told.NOTHING;

  /** Should that chunk be used: then the next one goes on from it. */
  private Told toldWith = Told.NOTHING;

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
    this.plain = new PlainReader(answers, promql, kept);
    this.grid = grid;
    this.signals = List.copyOf(signals);
    this.facts = new FactReader(answers, promql, kept, signals, lookups);
  }

  @Override
  public Chunk read(long first, int slots) throws PrometheusException, PartialAnswerException {
    if (first == toldWith.next()) {
      told = toldWith;
    }
    Slots range = new Slots(first, slots, grid.step());
    if (kept.begin(range)) {
      answers.turn();
    }
    List<Event> came = kept.need("targets", () -> targets(range));
    MetricNames names = kept.need("names", () -> names(range));
    List<Event> starts = kept.want("process starts", () -> processStarts(range), List.of());
    List<Event> containers =
        names.canAnswer(Promql.CONTAINER_START)
            ? kept.want("container starts", () -> containerStarts(range), List.of())
            : List.of();
    List<Map<String, String>> owners =
        names.canAnswer(WorkloadResolver.OWNERS_EXPR)
            ? kept.want("owners", () -> owners(came, range), List.of())
            : List.of();
    FactReader.Found found = facts.read(range, told, names);
    Map<String, String> refused = new LinkedHashMap<>(found.refused());
    Map<Signal, Map<TargetKey, Column>> samples = new LinkedHashMap<>();
    Chunk.Rejected rejected = Chunk.Rejected.NONE;
    for (Signal signal : signals) {
      String name = "signal " + signal.id();
      Sampled sampled =
          kept.want(
              name, () -> sampled(signal, range, names), new Sampled(answers.columns(range), ""));
      if (!sampled.refused.isEmpty()) {
        refused.put(name, sampled.refused);
      }
      samples.put(signal, sampled.sink.columns());
      rejected = rejected.plus(sampled.sink.rejected());
    }
    kept.whole();
    toldWith =
        new Told(
            range.last() + grid.step(),
            facts.limitsAsOf(range, told),
            facts.looksAsOf(range, told),
            found.rests(),
            told.live() || FactReader.isPresent(range),
            owners.isEmpty() ? told.podsWithOwner() : pods(owners));
    return new Chunk(
        first,
        slots,
        grid.step(),
        samples,
        byTime(came),
        byTime(starts),
        byTime(containers),
        found.tables(),
        owners,
        refused,
        rejected);
  }

  /** A list that does not come in time is waited for once in a while only. */
  private MetricNames names(Slots range) throws PrometheusException {
    if (withoutNames > 0) {
      withoutNames--;
      return MetricNames.UNKNOWN;
    }
    MetricNames names = MetricNames.of(answers, range);
    withoutNames = names == MetricNames.UNKNOWN ? CHUNKS_WITHOUT_NAMES : 0;
    return names;
  }

  /**
   * What came of a signal.
   *
   * @param refused why nothing does, in the source's words; empty where it answers
   */
  private record Sampled(ColumnSink sink, String refused) {}

  private Sampled sampled(Signal signal, Slots range, MetricNames names)
      throws PrometheusException, PartialAnswerException {
    String expr = promql.fresh(signal);
    if (!names.canAnswer(expr)) {
      return new Sampled(answers.columns(range), "");
    }
    try {
      Optional<ColumnSink> here = isLong(range) ? plain.samples(signal, range) : Optional.empty();
      if (here.isPresent()) {
        return new Sampled(here.get(), "");
      }
      ColumnSink sink = answers.columns(range);
      answers.range(expr, range, sink);
      return new Sampled(sink, "");
    } catch (PrometheusException e) {
      return new Sampled(answers.columns(range), answers.whyAlone(e, expr, range));
    }
  }

  private static List<Event> byTime(List<Event> events) {
    return events.stream().sorted(Comparator.comparingLong(Event::slot)).toList();
  }

  private static boolean isLong(Slots range) {
    return range.count() >= PlainReader.LEAST_SLOTS;
  }

  private List<Event> targets(Slots range) throws PrometheusException, PartialAnswerException {
    Optional<String> selector = promql.plainTargets();
    if (selector.isPresent() && isLong(range)) {
      return plain.came(selector.get(), range);
    }
    return firstThenChanges(promql.targets(), promql.targetsThatCame(), range);
  }

  private List<Event> processStarts(Slots range)
      throws PrometheusException, PartialAnswerException {
    if (isLong(range)) {
      return plain.changes(Promql.PROCESS_START, range);
    }
    return firstThenChanges(promql.processStart(), promql.processStartThatChanged(), range);
  }

  private List<Event> containerStarts(Slots range)
      throws PrometheusException, PartialAnswerException {
    if (promql.plainTargets().isPresent() && isLong(range)) {
      Optional<List<Event>> starts = plain.containerStarts(range);
      if (starts.isPresent()) {
        return starts.get();
      }
    }
    return firstThenChanges(promql.containerStart(), promql.containerStartThatChanged(), range);
  }

  /** What is true in the first slot, then what changes. */
  private List<Event> firstThenChanges(String first, String changes, Slots range)
      throws PrometheusException, PartialAnswerException {
    List<Event> events = new ArrayList<>(events(first, range.only(range.first())));
    if (range.count() > 1) {
      events.addAll(events(changes, range.rest()));
    }
    return events;
  }

  private List<Event> events(String expr, Slots slots)
      throws PrometheusException, PartialAnswerException {
    return kept.part(expr, List::size, () -> answers.events(expr, slots));
  }

  @Override
  public String match() {
    return promql.match();
  }

  @Override
  public long answered() {
    return kept.answered();
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
            .anyMatch(l -> l.containsKey("pod") && !told.podsWithOwner().contains(pod(l)));
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

  private static Set<String> pods(List<Map<String, String>> owners) {
    return owners.stream().map(ChunkReader::pod).collect(Collectors.toSet());
  }

  private static String pod(Map<String, String> labels) {
    return labels.getOrDefault("cluster", "")
        + '/'
        + labels.getOrDefault("namespace", "")
        + '/'
        + labels.getOrDefault("pod", "");
  }
}
