package dev.tidemark.rules.test;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Settings;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.rule.Story;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the unit tests of one service's rules, as promtool reads them. */
public final class PromtoolTests {
  /** What the name of an excerpt's rules ends in: nobody shall load them, or find them as rules. */
  public static final String EXCERPT = ".rules";

  private static final int SAMPLES_A_WINDOW = 5;

  /** So many alerts without recordings are tested as one excerpt. */
  private static final int TOGETHER = 6;

  /** For so long a selector takes a sample for the present: five minutes, and some less. */
  private static final long LIFE_MILLIS = 240_000;

  private final ServiceRules rules;
  private final Duration step;

  /** All that rules do, they do as much later as they look back. */
  private final Duration later;

  public PromtoolTests(ServiceRules rules) {
    Settings settings = rules.service().settings();
    this.rules = rules;
    this.later = settings.later();
    Duration longest = Duration.ZERO;
    for (TestedRule tested : rules.rules()) {
      for (Scenario scenario : tested.scenarios()) {
        Duration length =
            scenario.length(tested.rule().forDuration(), tested.rule().keepFiringFor());
        longest = longest.compareTo(length) >= 0 ? longest : length;
      }
    }
    this.step = Timeline.step(settings.groupInterval(), longest);
  }

  /**
   * The files of tests, by what their names end in. Stories, and tests that are short because the
   * shape is tested elsewhere, have files of their own, one for each length of a step: promtool
   * evaluates all rules of a file as often as the file says, and they need it once a step. Of a
   * service with many rules full tests are of excerpts, and each alert is wired to the service's
   * own files, too.
   *
   * @param ruleFiles the paths of the rules, seen from the tests
   * @param excerpts what the names of excerpts begin with, seen from the tests
   * @param known whether a rule that differs in names only is tested fully elsewhere
   */
  public SortedMap<String, TestFile> files(
      List<String> ruleFiles, String excerpts, Predicate<TestedRule> known) {
    Excerpt excerpt = new Excerpt(rules);
    Wiring wiring = new Wiring(rules.recordings(), step, later);
    SortedMap<Duration, List<StoryBundle>> stories = new TreeMap<>();
    List<TestedRule> full = new ArrayList<>();
    for (TestedRule tested : rules.rules()) {
      if (known.test(tested)) {
        wiring.add(tested);
      } else {
        full.add(tested);
        for (Supplier<Story> told : tested.stories()) {
          Story story = told.get();
          StoryBundle.add(
              stories.computeIfAbsent(story.step(), every -> new ArrayList<>()),
              tested.rule(),
              story);
        }
      }
    }
    Parts parts = new Parts(excerpt, ruleFiles, excerpts);
    for (List<TestedRule> some : together(full, excerpt)) {
      List<Object> groups = new ArrayList<>();
      some.forEach(
          tested ->
              tested.scenarios().forEach(scenario -> groups.add(group(tested.rule(), scenario))));
      parts.add("", step, alerts(some.stream().map(TestedRule::rule)), groups);
    }
    stories.forEach(
        (every, bundles) -> {
          Map<Set<Rule>, List<Object>> byAlerts = new LinkedHashMap<>();
          for (StoryBundle bundle : bundles) {
            byAlerts
                .computeIfAbsent(alerts(bundle.rules()), alerts -> new ArrayList<>())
                .add(bundle.group(later));
          }
          byAlerts.forEach((alerts, groups) -> parts.add(every(every), every, alerts, groups));
        });
    full.stream().filter(tested -> parts.isExcerpt(tested.rule())).forEach(wiring::add);
    if (!wiring.groups().isEmpty()) {
      parts.addOwn(every(wiring.every()), wiring.every(), wiring.groups());
    }
    return parts.files();
  }

  private static String every(Duration every) {
    return "-Every" + PromDuration.format(every);
  }

  private static Set<Rule> alerts(Stream<Rule> rules) {
    return rules.collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Alerts that share an excerpt: those of recordings share these, of others a few at a time. */
  private static List<List<TestedRule>> together(List<TestedRule> full, Excerpt excerpt) {
    if (!excerpt.isWorthwhile()) {
      return List.of(full);
    }
    List<List<TestedRule>> parts = new ArrayList<>();
    Map<Boolean, List<TestedRule>> reads =
        full.stream()
            .collect(Collectors.partitioningBy(tested -> excerpt.readsRecordings(tested.rule())));
    parts.add(reads.getOrDefault(true, List.of()));
    List<TestedRule> others = reads.getOrDefault(false, List.of());
    for (int i = 0; i < others.size(); i += TOGETHER) {
      parts.add(others.subList(i, Math.min(others.size(), i + TOGETHER)));
    }
    return parts;
  }

  /** Puts groups of tests into files. */
  private static final class Parts {
    private final Excerpt excerpt;
    private final List<String> ruleFiles;
    private final String excerpts;
    private final SortedMap<String, TestFile> files = new TreeMap<>();
    private final SortedMap<String, Map<Duration, List<Object>>> own = new TreeMap<>();

    Parts(Excerpt excerpt, List<String> ruleFiles, String excerpts) {
      this.excerpt = excerpt;
      this.ruleFiles = ruleFiles;
      this.excerpts = excerpts;
    }

    void add(String kind, Duration every, Set<Rule> alerts, List<Object> groups) {
      if (groups.isEmpty()) {
        return;
      }
      Optional<ServiceRules> some = excerpt.of(alerts);
      if (some.isEmpty()) {
        addOwn(kind, every, groups);
        return;
      }
      int number = 1;
      while (files.containsKey(kind + "-Excerpt" + number)) {
        number++;
      }
      String name = kind + "-Excerpt" + number;
      files.put(
          name, new TestFile(document(List.of(excerpts + name + EXCERPT), every, groups), some));
    }

    /** Whether some of its tests are of an excerpt. */
    boolean isExcerpt(Rule alert) {
      return files.values().stream()
          .flatMap(file -> file.excerpt().stream())
          .flatMap(some -> some.rules().stream())
          .anyMatch(tested -> tested.rule().equals(alert));
    }

    void addOwn(String kind, Duration every, List<Object> groups) {
      own.computeIfAbsent(kind, k -> new TreeMap<>())
          .computeIfAbsent(every, e -> new ArrayList<>())
          .addAll(groups);
    }

    SortedMap<String, TestFile> files() {
      own.forEach(
          (kind, groups) ->
              groups.forEach(
                  (every, all) ->
                      files.put(
                          kind, new TestFile(document(ruleFiles, every, all), Optional.empty()))));
      return files;
    }
  }

  private static Map<String, Object> document(
      List<String> ruleFiles, Duration every, List<Object> groups) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("rule_files", ruleFiles);
    document.put("evaluation_interval", PromDuration.format(every));
    document.put("tests", groups);
    return document;
  }

  private Map<String, Object> group(Rule rule, Scenario scenario) {
    Timeline time =
        Timeline.of(
            step,
            scenario.onset().plus(rule.forDuration()),
            scenario.outcome() == Scenario.Outcome.FIRES
                ? Duration.ZERO
                : rule.keepFiringFor().plus(scenario.lasting()),
            scenario.settling());
    int finer = finer(step, scenario.window(), later);
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", rule.alert() + ": " + scenario.name());
    group.put("interval", PromDuration.format(step.dividedBy(finer)));
    group.put(
        "input_series",
        scenario.inputs().stream().map(input -> input(input, time, finer)).toList());
    boolean asAlerts =
        hasNameForItself(rule)
            && rule.annotations().values().stream().allMatch(Template::isExpandable);
    List<Object> alerts = new ArrayList<>();
    List<Object> series = new ArrayList<>();
    looks(scenario, time)
        .forEach(
            (millis, fires) -> {
              String at = PromDuration.format(Duration.ofMillis(millis).plus(later));
              // what a user's own template becomes is Prometheus' business, that it fires is ours;
              // promtool looks at all alerts of a name together; and a rate that falls has any
              // value
              boolean falls = fires && millis > time.end() && !scenario.settling().isZero();
              if (asAlerts && !falls) {
                alerts.add(alerts(rule, scenario, at, fires));
              } else {
                series.add(series(rule, scenario, at, fires));
              }
            });
    if (!alerts.isEmpty()) {
      group.put("alert_rule_test", alerts);
    }
    if (!series.isEmpty()) {
      group.put("promql_expr_test", series);
    }
    return group;
  }

  /**
   * What rules wrote for a time, looked for at the later time of the evaluation that wrote it: with
   * a query offset a group's samples bear the time it looks at.
   */
  static String written(String selector, Duration later) {
    return later.isZero() ? selector : selector + " offset " + PromDuration.format(later);
  }

  static Map<String, Object> input(Scenario.Input input, Timeline time, int finer) {
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("series", input.series());
    series.put("values", Samples.of(input, time, finer));
    return series;
  }

  /**
   * How many samples there are to a step. A window needs a few, or there is no rate; and with a
   * query offset rules look between two steps, where the last sample must not be stale.
   */
  static int finer(Duration step, Duration window, Duration later) {
    long most = later.isZero() ? step.toMillis() : Math.min(step.toMillis(), LIFE_MILLIS);
    if (!window.isZero()) {
      most = Math.min(most, Math.max(1, window.toMillis() / SAMPLES_A_WINDOW));
    }
    long finer = (step.toMillis() + most - 1) / most;
    // a divisor, so that samples and evaluations stay in step
    while (step.toMillis() % finer != 0) {
      finer++;
    }
    return (int) finer;
  }

  private boolean hasNameForItself(Rule rule) {
    return rules.rules().stream().filter(r -> r.rule().alert().equals(rule.alert())).count() == 1;
  }

  private static Map<Long, Boolean> looks(Scenario scenario, Timeline time) {
    Map<Long, Boolean> looks = new TreeMap<>();
    switch (scenario.outcome()) {
      case STAYS_SILENT -> {
        looks.put(time.firingAt(), false);
        looks.put(time.end(), false);
      }
      case FIRES_AND_ENDS -> {
        looks.put(time.pendingAt(), false);
        looks.put(time.firingAt(), true);
        looks.put(time.keptAt(), true);
        looks.put(time.endedAt(), false);
        looks.remove(-1L);
      }
      case FIRES -> {
        looks.put(time.pendingAt(), false);
        looks.put(time.firingAt(), true);
        looks.remove(-1L);
      }
    }
    return looks;
  }

  private static Map<String, Object> alerts(
      Rule rule, Scenario scenario, String at, boolean fires) {
    Map<String, Object> look = new LinkedHashMap<>();
    look.put("eval_time", at);
    look.put("alertname", rule.alert());
    Map<String, String> labels = labels(rule, scenario);
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("exp_labels", new TreeMap<String, Object>(labels));
    Map<String, Object> annotations = new TreeMap<>();
    rule.annotations()
        .forEach((name, text) -> annotations.put(name, text.expand(labels, scenario.value())));
    alert.put("exp_annotations", annotations);
    look.put("exp_alerts", fires ? List.of(alert) : List.of());
    return look;
  }

  private Map<String, Object> series(Rule rule, Scenario scenario, String at, boolean fires) {
    Map<String, Object> look = new LinkedHashMap<>();
    Map<String, String> alert = new TreeMap<>(Map.of("alertstate", "firing"));
    alert.put("alertname", rule.alert());
    alert.put("severity", String.valueOf(rule.labels().get("severity")));
    look.put("expr", written(PromQl.selector("ALERTS", alert), later));
    look.put("eval_time", at);
    Map<String, String> labels = new TreeMap<>(labels(rule, scenario));
    labels.putAll(alert);
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("labels", PromQl.selector("ALERTS", labels));
    sample.put("value", 1L);
    look.put("exp_samples", fires ? List.of(sample) : List.of());
    return look;
  }

  static Map<String, String> labels(Rule rule, Scenario scenario) {
    Map<String, String> labels = new TreeMap<>(scenario.labels());
    labels.putAll(rule.labels());
    // Prometheus takes a label without a value for one that is not there
    labels.values().removeIf(String::isEmpty);
    return labels;
  }
}
