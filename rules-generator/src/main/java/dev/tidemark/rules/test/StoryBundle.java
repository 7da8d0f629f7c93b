package dev.tidemark.rules.test;

import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.Story;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stories that are told side by side, each of a workload of its own. promtool evaluates all rules
 * of a file at each step of each group, and ten targets take it little longer than one.
 */
final class StoryBundle {
  private final List<Told> all = new ArrayList<>();
  private final Map<String, List<Double>> values = new TreeMap<>();

  /** A story and the rule it is of. */
  private record Told(Rule rule, Story story, Set<Fed> series) {
    static Told of(Rule rule, Story story) {
      Set<Fed> series =
          story.tracks().stream().map(track -> Fed.of(track.series())).collect(Collectors.toSet());
      return new Told(rule, story, series);
    }

    /** What the rule's alerts have in common when they fire. */
    Map<String, String> firing() {
      Map<String, String> alert = new TreeMap<>();
      alert.put("alertname", rule.alert());
      alert.put("alertstate", "firing");
      alert.put("severity", String.valueOf(rule.labels().get("severity")));
      return alert;
    }

    boolean isBeside(Told other) {
      return workload().equals(other.workload())
          ? !firing().equals(other.firing()) && isOfOtherSeries(other)
          : !target().equals(other.target());
    }

    /**
     * Whether no metric has series here and others there that may be of one target: of two that one
     * target exposes, rules take the highest.
     */
    private boolean isOfOtherSeries(Told other) {
      return series.stream()
          .allMatch(own -> other.series.stream().allMatch(its -> own.isApart(its)));
    }

    private Map<String, String> target() {
      Map<String, String> target = new TreeMap<>(story.labels());
      target.remove(MetricNames.LABEL_WORKLOAD);
      return target;
    }

    String workload() {
      return story.labels().getOrDefault(MetricNames.LABEL_WORKLOAD, "");
    }
  }

  /** A series that is fed. */
  private record Fed(String metric, Map<String, String> labels) {
    static Fed of(String text) {
      try {
        VectorSelector series = (VectorSelector) PromQlParser.parse(text);
        Map<String, String> labels = new TreeMap<>();
        series.matchers().forEach(matcher -> labels.put(matcher.label(), matcher.value()));
        return new Fed(series.name(), labels);
      } catch (ParseException e) {
        throw new IllegalStateException("a story feeds what is no series: " + text, e);
      }
    }

    /** The same, of another metric, or told apart by a label that both have. */
    boolean isApart(Fed other) {
      return equals(other)
          || !metric.equals(other.metric)
          || labels.entrySet().stream()
              .anyMatch(
                  label ->
                      !other
                          .labels
                          .getOrDefault(label.getKey(), label.getValue())
                          .equals(label.getValue()));
    }
  }

  /** Puts a story into the first bundle of these that takes it, else into a new one. */
  static void add(List<StoryBundle> bundles, Rule rule, Story story) {
    Told told = Told.of(rule, story);
    for (StoryBundle bundle : bundles) {
      if (bundle.takes(told)) {
        bundle.add(told);
        return;
      }
    }
    StoryBundle bundle = new StoryBundle();
    bundle.add(told);
    bundles.add(bundle);
  }

  /**
   * Alerts of one rule are told apart by the workload, a target is of one workload, and no series
   * can run in two ways.
   */
  private boolean takes(Told more) {
    return !more.workload().isEmpty()
        && all.stream().allMatch(told -> told.isBeside(more))
        && more.story().tracks().stream()
            .allMatch(
                track ->
                    values.getOrDefault(track.series(), track.values()).equals(track.values()));
  }

  private void add(Told told) {
    all.add(told);
    told.story().tracks().forEach(track -> values.put(track.series(), track.values()));
  }

  Stream<Rule> rules() {
    return all.stream().map(Told::rule);
  }

  /** As promtool reads it; alerts are looked at through {@code ALERTS}. */
  Map<String, Object> group(Duration later) {
    Duration step = all.get(0).story().step();
    int held = PromtoolTests.finer(step, Duration.ZERO, later);
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", name());
    group.put("interval", PromDuration.format(step.dividedBy(held)));
    List<Object> inputs = new ArrayList<>();
    all.stream()
        .flatMap(told -> told.story().tracks().stream())
        .distinct()
        .forEach(track -> inputs.add(StoryTests.input(track, held)));
    group.put("input_series", inputs);
    List<Object> looks = new ArrayList<>();
    for (Told told : all) {
      Map<String, String> firing = told.firing();
      if (all.size() > 1) {
        firing.put(MetricNames.LABEL_WORKLOAD, told.workload());
      }
      for (Story.Look look : told.story().looks()) {
        looks.add(StoryTests.look(told.rule(), told.story(), look, firing, later));
      }
    }
    if (all.size() > 1) {
      strangers(later, looks);
    }
    group.put("promql_expr_test", looks);
    return group;
  }

  private String name() {
    if (all.size() == 1) {
      return all.get(0).rule().alert() + ": " + all.get(0).story().name();
    }
    String alerts =
        all.stream().map(told -> told.rule().alert()).distinct().collect(Collectors.joining(", "));
    return all.stream()
        .map(told -> told.story().name() + " (" + told.workload() + ")")
        .distinct()
        .collect(Collectors.joining("; ", alerts + ": ", ""));
  }

  /** No alert of a rule is of any other workload than those that are looked at. */
  private void strangers(Duration later, List<Object> looks) {
    Duration end =
        all.stream()
            .flatMap(told -> told.story().looks().stream())
            .map(Story.Look::at)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    Map<Map<String, String>, List<String>> workloads = new LinkedHashMap<>();
    all.forEach(
        told ->
            workloads
                .computeIfAbsent(told.firing(), alert -> new ArrayList<>())
                .add(PromQl.literalRegex(told.workload())));
    workloads.forEach(
        (alert, names) -> {
          List<Matcher> others = new ArrayList<>();
          alert.forEach((label, value) -> others.add(Matcher.equal(label, value)));
          others.add(
              new Matcher(MetricNames.LABEL_WORKLOAD, Matcher.Op.NOT_RE, String.join("|", names)));
          looks.add(StoryTests.never(PromQl.selector("ALERTS", others), end, later));
        });
  }
}
