package dev.tidemark.rules.history;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.evaluate.Evaluation;
import dev.tidemark.rules.evaluate.Held;
import dev.tidemark.rules.evaluate.Leaves;
import dev.tidemark.rules.evaluate.Merged;
import dev.tidemark.rules.evaluate.Row;
import dev.tidemark.rules.evaluate.Times;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A server as it would be had it recorded what rules record: each recording it lacks is evaluated
 * once over all that the expected alerts look back, and held. Of one thread.
 */
final class Stages implements RangeSource {
  /** Evaluations at once; fewer where the server refuses. */
  private static final int PIECE = 2_000;

  private static final int SMALLEST = 8;

  private static final String NAME = "__name__";

  private final RangeSource source;
  private final Span span;
  private final Recordings.Known known;
  private final Map<String, List<Recorded>> rules = new HashMap<>();
  private final Map<String, Extent> extents = new HashMap<>();
  private final Map<String, Held> held = new HashMap<>();
  private final Map<String, Boolean> lacking = new HashMap<>();
  private final TreeSet<String> warnings = new TreeSet<>();
  private final Deque<String> within = new ArrayDeque<>();
  private final Evaluation evaluation = new Evaluation(new Told());
  private long samples;
  private int leftOpen = -1;

  private record Recorded(Expr expr, Map<String, String> labels) {}

  /** From when to when something is looked at, in Unix milliseconds. */
  private record Extent(long from, long to) {
    Extent moved(long begin, long end) {
      return new Extent(from + begin, to + end);
    }

    boolean holds(Extent other) {
      return from <= other.from && to >= other.to;
    }

    Extent and(Extent other) {
      return new Extent(Math.min(from, other.from), Math.max(to, other.to));
    }
  }

  /**
   * @param recordings of which alerts may read some, at the interval of the span
   * @param known whether the server has what this selects
   */
  Stages(RangeSource source, Span span, List<FoundRule> recordings, Recordings.Known known) {
    this.source = source;
    this.span = span;
    this.known = known;
    for (FoundRule rule : recordings) {
      if (!rule.isAlert()) {
        add(rule);
      }
    }
  }

  private void add(FoundRule rule) {
    Map<String, String> labels = new TreeMap<>();
    rule.labels().forEach((name, text) -> labels.put(name, text.value()));
    labels.put(NAME, rule.name().value());
    try {
      rules
          .computeIfAbsent(rule.name().value(), name -> new ArrayList<>())
          .add(new Recorded(PromQlParser.parse(rule.expr().value()), labels));
    } catch (ParseException e) {
      // nobody records it, as nobody would load it
    }
  }

  /**
   * Whether an expression can be evaluated so. What it looks back to is held from then on, so all
   * are asked before the first is evaluated.
   *
   * @throws PrometheusException where the server does not answer
   */
  boolean takes(Expr expr) throws PrometheusException {
    return reach(expr, whole());
  }

  private Extent whole() {
    return new Extent(span.from().toEpochMilli(), span.to().toEpochMilli());
  }

  /** Lets go of what is held and none of these reads, however far behind it stands. */
  void keepFor(List<Expr> expected) {
    Set<String> read = new HashSet<>();
    expected.forEach(expr -> readBy(expr, read));
    held.keySet().retainAll(read);
    count();
  }

  private void readBy(Expr expr, Set<String> read) {
    expr.forEachSelector(
        selector -> {
          if (rules.containsKey(selector.name()) && read.add(selector.name())) {
            rules
                .getOrDefault(selector.name(), List.of())
                .forEach(rule -> readBy(rule.expr(), read));
          }
        });
  }

  private void count() {
    samples =
        held.values().stream()
            .mapToLong(all -> (long) all.rows().size() * all.times().count())
            .sum();
  }

  private boolean reach(Expr expr, Extent looks) throws PrometheusException {
    return evaluation.takes(expr) && parts(expr, looks);
  }

  private boolean parts(Expr expr, Extent looks) throws PrometheusException {
    if (expr instanceof VectorSelector selector) {
      long ago = selector.modifiers().offset().toMillis();
      return recorded(selector, looks.moved(-ago, -ago));
    }
    Extent inner = looks;
    if (expr instanceof MatrixSelector matrix) {
      inner = looks.moved(-matrix.range().toMillis(), 0);
    } else if (expr instanceof Subquery subquery) {
      long ago = subquery.modifiers().offset().toMillis();
      inner = looks.moved(-ago - subquery.range().toMillis(), -ago);
    }
    for (Expr part : expr.parts()) {
      if (!parts(part, inner)) {
        return false;
      }
    }
    return true;
  }

  private boolean recorded(VectorSelector selector, Extent looks) throws PrometheusException {
    String name = selector.name();
    if (!isLacking(selector)) {
      return true;
    }
    if (within.contains(name)) {
      return false;
    }
    Extent before = extents.get(name);
    if (before != null && before.holds(looks)) {
      return true;
    }
    Extent extent = before == null ? looks : before.and(looks);
    extents.put(name, extent);
    within.push(name);
    try {
      for (Recorded rule : rules.getOrDefault(name, List.of())) {
        if (!reach(rule.expr(), extent)) {
          return false;
        }
      }
      return true;
    } finally {
      within.pop();
    }
  }

  private boolean isLacking(VectorSelector selector) throws PrometheusException {
    if (!rules.containsKey(selector.name())) {
      return false;
    }
    // of a recording all is evaluated or nothing: selectors of it may differ in matchers
    Boolean lacks = lacking.get(selector.name());
    if (lacks == null) {
      lacks = !known.has(VectorSelector.of(selector.name(), selector.matchers()));
      lacking.put(selector.name(), lacks);
    }
    return lacks;
  }

  @Override
  public List<String> range(String expr, Instant start, Instant end, Duration step, SeriesSink sink)
      throws PrometheusException {
    long first = start.toEpochMilli();
    long every = step.toMillis();
    Times times = new Times(first, every, (int) ((end.toEpochMilli() - first) / every) + 1);
    List<Row> rows;
    try {
      rows = evaluation.of(PromQlParser.parse(expr), times);
    } catch (ParseException e) {
      throw new PrometheusException(Reason.QUERY, e.reason(), e);
    }
    for (Row row : rows) {
      if (row.isEmpty()) {
        continue;
      }
      sink.begin(row.labels());
      for (int i = 0; i < times.count(); i++) {
        if (!Row.isAbsent(row.values()[i])) {
          sink.sample(times.at(i), row.values()[i]);
        }
      }
      sink.end();
    }
    return List.copyOf(warnings);
  }

  private Held hold(String name) throws PrometheusException {
    Held there = held.get(name);
    if (there != null) {
      return there;
    }
    long every = span.step().toMillis();
    Extent extent = whole().and(extents.getOrDefault(name, whole()));
    long first = Math.floorDiv(extent.from(), every) * every;
    Times times = new Times(first, every, (int) ((extent.to() - first) / every) + 1);
    Merged all = new Merged();
    for (Recorded rule : rules.getOrDefault(name, List.of())) {
      for (Row row : rows(rule.expr(), times)) {
        Map<String, String> labels = new TreeMap<>(row.labels());
        labels.putAll(rule.labels());
        labels.values().removeIf(String::isEmpty);
        all.add(new Row(labels, row.values()));
      }
    }
    Held whole = new Held(times, all.rows());
    held.put(name, whole);
    count();
    return whole;
  }

  private List<Row> rows(Expr expr, Times times) throws PrometheusException {
    Map<Map<String, String>, double[]> found = new LinkedHashMap<>();
    int piece = PIECE;
    int at = 0;
    while (at < times.count()) {
      Times now = new Times(times.at(at), times.step(), Math.min(piece, times.count() - at));
      List<Row> rows;
      try {
        rows = evaluation.of(expr, now);
      } catch (PrometheusException e) {
        boolean tooDear =
            switch (e.reason()) {
              case QUERY, TOO_LARGE, TRUNCATED, TIMEOUT -> true;
              default -> false;
            };
        if (!tooDear || now.count() <= SMALLEST) {
          throw e;
        }
        piece = Math.max(SMALLEST, now.count() / 4);
        continue;
      }
      for (Row row : rows) {
        double[] whole = found.get(row.labels());
        if (whole == null) {
          room(times.count());
          whole = Row.nothing(times.count());
          found.put(row.labels(), whole);
        }
        System.arraycopy(row.values(), 0, whole, at, now.count());
      }
      at += now.count();
    }
    List<Row> all = new ArrayList<>();
    found.forEach((labels, values) -> all.add(new Row(labels, values)));
    return all;
  }

  /** Half of the memory there is: the rest is for answers and what is made of them. */
  private void room(int more) throws PrometheusException {
    samples += more;
    if (samples > Runtime.getRuntime().maxMemory() / 2 / Double.BYTES) {
      throw new PrometheusException(
          Reason.TOO_LARGE,
          "what the recordings would have recorded does not fit into memory: give a shorter"
              + " --history, fewer alerts by --alert, or more memory"
              + " (TIDEMARK_JAVA_OPTS=-Xmx4g)",
          null);
    }
  }

  /** What the evaluation reads. */
  private final class Told implements Leaves {
    @Override
    public boolean isHeld(VectorSelector selector) throws PrometheusException {
      return isLacking(selector);
    }

    @Override
    public Held held(VectorSelector selector) throws PrometheusException {
      return hold(selector.name());
    }

    @Override
    public List<Row> asked(Expr expr, Times times) throws PrometheusException {
      return answer(expr.toString(), times);
    }

    @Override
    public void goOn() {
      source.goOn();
    }

    /** Two samples of a minute lie in a range of a minute that has both its ends. */
    @Override
    public boolean isLeftOpen() throws PrometheusException {
      if (leftOpen < 0) {
        long minute = 60_000;
        long at = Math.floorDiv(span.to().toEpochMilli(), minute) * minute;
        List<Row> told = answer("count_over_time(vector(1)[1m:1m])", new Times(at, minute, 1));
        leftOpen = !told.isEmpty() && told.get(0).values()[0] == 2 ? 0 : 1;
      }
      return leftOpen == 1;
    }
  }

  /** In pieces where a subquery looks at more times than a server answers at once. */
  private List<Row> answer(String expr, Times times) throws PrometheusException {
    Map<Map<String, String>, double[]> rows = new LinkedHashMap<>();
    for (int at = 0; at < times.count(); at += PIECE) {
      int last = Math.min(at + PIECE, times.count()) - 1;
      warnings.addAll(
          source.range(
              expr,
              Instant.ofEpochMilli(times.at(at)),
              Instant.ofEpochMilli(times.at(last)),
              Duration.ofMillis(times.step()),
              new SeriesSink() {
                private double[] values = new double[0];

                @Override
                public void begin(Map<String, String> labels) {
                  values =
                      rows.computeIfAbsent(Map.copyOf(labels), of -> Row.nothing(times.count()));
                }

                @Override
                public void sample(long timestampMillis, double value) {
                  values[(int) ((timestampMillis - times.start()) / times.step())] = value;
                }

                @Override
                public void end() {}
              }));
    }
    List<Row> all = new ArrayList<>();
    rows.forEach((labels, values) -> all.add(new Row(labels, values)));
    return all;
  }
}
