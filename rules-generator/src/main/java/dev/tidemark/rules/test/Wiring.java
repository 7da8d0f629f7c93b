package dev.tidemark.rules.test;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Scenario.Outcome;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.rule.Story;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows that the rules of a service belong to its series, where their shape is tested elsewhere: an
 * alert of steady series fires once, and of one with a story what it reads is recorded. All of them
 * share a group as long as none needs a series to run otherwise, for promtool starts a database for
 * every group, which takes longer than the test.
 */
final class Wiring {
  /** Enough evaluations for a wait: one is seen to begin it, another to be in it. */
  private static final int STEPS_A_WAIT = 4;

  /** Longer steps would leave rules that count samples without enough of them. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(5);

  private final List<Recording> recordings;
  private final Duration step;
  private final Duration later;
  private final List<Bundle> bundles = new ArrayList<>();
  private final Set<String> recorded = new HashSet<>();
  private final List<Told> stories = new ArrayList<>();

  Wiring(List<Recording> recordings, Duration step, Duration later) {
    this.recordings = recordings;
    this.step = step;
    this.later = later;
  }

  /**
   * What is looked for: series of which the aggregation is one.
   *
   * @param aggregation {@code count} where one series is right, {@code group} where any number is
   */
  private record Look(String alert, Duration waits, String aggregation, String series) {}

  /** Looks whose series run alike where they are the same. */
  private static final class Bundle {
    private final Map<String, Input> inputs = new TreeMap<>();
    private final List<Look> looks = new ArrayList<>();

    /** The shortest that a rule looks back; zero where none counts samples. */
    private Duration window = Duration.ZERO;

    boolean takes(List<Input> more) {
      return more.stream().allMatch(i -> isSame(inputs.getOrDefault(i.series(), i), i));
    }

    private static boolean isSame(Input a, Input b) {
      return isSame(a.before(), b.before())
          && isSame(a.during(), b.during())
          && isSame(a.after(), b.after());
    }

    private static boolean isSame(Level a, Level b) {
      return a.kind() == b.kind() && Double.compare(a.value(), b.value()) == 0;
    }

    void add(List<Input> more, List<Look> looksToo, Duration windowToo) {
      if (window.isZero() || (!windowToo.isZero() && windowToo.compareTo(window) < 0)) {
        window = windowToo;
      }
      more.forEach(input -> inputs.put(input.series(), input));
      looks.addAll(looksToo);
    }
  }

  void add(TestedRule rule) {
    rule.scenarios().stream()
        .filter(scenario -> scenario.outcome() != Outcome.STAYS_SILENT)
        .findFirst()
        .ifPresent(
            scenario ->
                add(scenario.inputs(), List.of(fires(rule.rule(), scenario)), scenario.window()));
    rule.stories().stream()
        .findFirst()
        .ifPresent(story -> stories.add(new Told(rule.rule(), story.get())));
  }

  /** What feeds most comes first: a recording of two metrics is of the story that feeds both. */
  private void settle() {
    stories.stream()
        .sorted(Comparator.comparing(told -> -told.fed().size()))
        .forEach(told -> add(told.rule(), told.story()));
    stories.clear();
  }

  private static String metric(Story.Track track) {
    int labels = track.series().indexOf('{');
    return labels < 0 ? track.series() : track.series().substring(0, labels);
  }

  /** A story and the rule it is of. */
  private record Told(Rule rule, Story story) {
    Set<String> fed() {
      return story.tracks().stream().map(Wiring::metric).collect(Collectors.toSet());
    }
  }

  private void add(List<Input> inputs, List<Look> looks, Duration window) {
    for (Bundle bundle : bundles) {
      if (bundle.takes(inputs)) {
        bundle.add(inputs, looks, window);
        return;
      }
    }
    Bundle bundle = new Bundle();
    bundle.add(inputs, looks, window);
    bundles.add(bundle);
  }

  /** Only of the target that must fire: others' series may make it fire for others too. */
  private static Look fires(Rule rule, Scenario scenario) {
    Map<String, String> labels = new TreeMap<>(PromtoolTests.labels(rule, scenario));
    labels.put("alertname", rule.alert());
    labels.put("alertstate", "firing");
    return new Look(
        rule.alert(),
        scenario.onset().plus(scenario.settling()).plus(rule.forDuration()),
        "count",
        PromQl.selector("ALERTS", labels));
  }

  /** Of what the story feeds, the service's own recording rules make series; the rest is shape. */
  private void add(Rule rule, Story story) {
    List<Input> inputs = new ArrayList<>();
    Set<String> fed = new HashSet<>();
    for (Story.Track track : story.tracks()) {
      double value = track.values().stream().filter(v -> !v.isNaN()).findFirst().orElse(0.0);
      inputs.add(Input.steady(track.series(), value));
      fed.add(metric(track));
    }
    List<Look> looks = new ArrayList<>();
    for (Recording recording : recordings) {
      if (isOf(recording, fed) && recorded.add(recording.record())) {
        looks.add(new Look(rule.alert(), Duration.ZERO, "group", recording.series().text()));
      }
    }
    if (!looks.isEmpty()) {
      add(inputs, looks, Duration.ZERO);
    }
  }

  private static boolean isOf(Recording recording, Set<String> fed) {
    boolean[] reads = {false};
    recording.expr().node().forEachSelector(s -> reads[0] |= fed.contains(s.name()));
    return reads[0];
  }

  /**
   * How long its steps are, which is how often rules are evaluated: as many steps of the service's
   * other tests as still show a wait. Evaluations are nearly all that promtool does.
   */
  Duration every() {
    settle();
    Duration most = longest(bundles.stream()).dividedBy(STEPS_A_WAIT);
    most = most.compareTo(LONGEST_STEP) < 0 ? most : LONGEST_STEP;
    return step.multipliedBy(Math.max(1, most.dividedBy(step)));
  }

  private static Duration longest(Stream<Bundle> bundles) {
    return bundles
        .flatMap(bundle -> bundle.looks.stream())
        .map(Look::waits)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  List<Object> groups() {
    settle();
    Duration every = every();
    return bundles.stream().map(bundle -> (Object) group(bundle, every)).toList();
  }

  private Map<String, Object> group(Bundle bundle, Duration every) {
    Timeline time = Timeline.of(every, longest(Stream.of(bundle)), Duration.ZERO, Duration.ZERO);
    int finer = PromtoolTests.finer(every, bundle.window, later);
    Map<String, Object> group = new LinkedHashMap<>();
    group.put(
        "name",
        String.join(", ", bundle.looks.stream().map(Look::alert).distinct().toList())
            + ": the rules belong to the series of the service");
    group.put("interval", PromDuration.format(every.dividedBy(finer)));
    group.put(
        "input_series",
        bundle.inputs.values().stream().map(i -> PromtoolTests.input(i, time, finer)).toList());
    String at = PromDuration.format(Duration.ofMillis(time.firingAt()).plus(later));
    group.put(
        "promql_expr_test", bundle.looks.stream().map(look -> look(look, at, later)).toList());
    return group;
  }

  private static Map<String, Object> look(Look wanted, String at, Duration later) {
    Map<String, Object> look = new LinkedHashMap<>();
    look.put(
        "expr", wanted.aggregation() + "(" + PromtoolTests.written(wanted.series(), later) + ")");
    look.put("eval_time", at);
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("labels", "{}");
    sample.put("value", 1L);
    look.put("exp_samples", List.of(sample));
    return look;
  }
}
