package dev.tidemark.rules.rule.self;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** An alert on a counter that a program of ours, or one beside it, shows of itself. */
record Counted(
    Service service,
    String metric,
    String job,
    List<Matcher> matchers,
    Map<String, String> labels,
    List<String> programs,
    Duration window) {
  private static final List<String> EACH = List.of("cluster", "job", "instance");

  /**
   * @param job what tests call the program, where the selector does not
   */
  static Counted of(Service service, String metric, String job, Duration window) {
    return new Counted(service, metric, job, List.of(), Map.of(), EACH, window);
  }

  /** All programs of a job counted as one: replicas, and those that were there before. */
  Counted together() {
    return new Counted(service, metric, job, matchers, labels, EACH.subList(0, 2), window);
  }

  /** Only series whose label is one of these; told apart by it. */
  Counted where(String label, List<String> values) {
    Matcher matcher =
        values.size() == 1
            ? Matcher.equal(label, values.get(0))
            : new Matcher(label, Matcher.Op.RE, String.join("|", values));
    return by(matcher, label, values.get(0));
  }

  /** Told apart by a label, too; {@code example} is one of its values. */
  Counted by(String label, String example) {
    return by(Matcher.notEqual(label, ""), label, example);
  }

  private Counted by(Matcher matcher, String label, String example) {
    List<Matcher> all = new ArrayList<>(matchers);
    all.add(matcher);
    Map<String, String> more = new TreeMap<>(labels);
    more.put(label, example);
    return new Counted(service, metric, job, all, more, programs, window);
  }

  /** Whether it rose by more than this during the window. */
  Expr roseBy(double more) {
    List<Matcher> all = new ArrayList<>(matchers);
    all.addAll(service.selection().all());
    List<String> by = new ArrayList<>(programs);
    by.addAll(labels.keySet());
    return Expr.series(metric, all).over("increase", window).by("sum", by).compare(">", more);
  }

  /** A counter that has always stood there tells nothing; nor does one that is too slow. */
  List<Scenario> scenarios(double more, UnaryOperator<Scenario> timing) {
    String series = series(labels);
    List<Scenario> scenarios = new ArrayList<>();
    Scenario fires =
        Scenario.fires(
            "what happens fires, and ends when it is past",
            List.of(Input.counts(series, more + 1)),
            kept(),
            0);
    scenarios.add(timing.apply(fires.during(window)));
    scenarios.add(
        Scenario.silent("what happened long ago stays silent", List.of(Input.steady(series, 99)))
            .during(window));
    matchers.stream()
        .filter(m -> m.op() == Matcher.Op.EQ || m.op() == Matcher.Op.RE)
        .map(m -> other(m.label()))
        .forEach(
            other ->
                scenarios.add(
                    Scenario.silent(
                            "another " + other.getKey() + " stays silent",
                            List.of(Input.counts(series(other.getValue()), more + 1)))
                        .during(window)));
    scenarios.add(Scenario.silent("no data stays silent", List.of()));
    return scenarios;
  }

  private Map.Entry<String, Map<String, String>> other(String label) {
    Map<String, String> others = new TreeMap<>(labels);
    others.put(label, "other");
    return Map.entry(label, others);
  }

  private Map<String, String> kept() {
    Map<String, String> kept = new TreeMap<>(labels);
    SelfFixture.labels(service, job)
        .forEach(
            (name, value) -> {
              if (programs.contains(name)) {
                kept.put(name, value);
              }
            });
    return kept;
  }

  private String series(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(SelfFixture.labels(service, job));
    all.putAll(more);
    return Fixture.series(metric, all);
  }
}
