package dev.tidemark.rules.rule.leak;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Story;
import dev.tidemark.rules.rule.Story.Look;
import dev.tidemark.rules.rule.Story.Seen;
import dev.tidemark.rules.rule.Story.Track;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a leak alert of recording rules is tested with. Time runs in halves of a window, each of
 * {@link #STEPS} samples, so that any window is tested as fast.
 */
record LeakStories(Growth growth, List<Window> windows, Alert alert, CatalogueEntry entry) {
  private static final int STEPS = 12;

  private static final int DAY_STEPS = 9;

  /** Longer waits are other tests' business: the shape is the same. */
  private static final int LONGEST = 8 * STEPS;

  private static final Duration DAY = Duration.ofDays(1);

  private static final double NONSENSE = 1e18;

  List<Supplier<Story>> all() {
    List<Supplier<Story>> stories = new ArrayList<>();
    for (Window window : windows) {
      if (steps(window, waits().plus(keeps())) <= LONGEST) {
        of(window, stories);
      }
    }
    return stories;
  }

  private void of(Window window, List<Supplier<Story>> stories) {
    Shapes shape = new Shapes(base(), leakPerStep(window), STEPS);
    String in = " over " + window.name();
    int begins = lead(window);
    // to three times the level, which is as far as any stake asks, and two steps to be seen
    int fires = begins + 4 * STEPS + 2 + steps(window, waits());
    int drops = fires + STEPS;
    int ends = drops + STEPS + STEPS / 2 + steps(window, keeps());
    List<Look> leaks =
        List.of(
            look(window, begins, Seen.NEVER),
            look(window, fires, Seen.FIRES),
            look(window, ends, Seen.ENDED));
    IntToDoubleFunction leak = shape.leak(begins, drops);
    stories.add(
        () ->
            story(
                fixture(), "a leak" + in + " fires, and ends with a restart", window, leak, leaks));
    stories.add(
        () ->
            story(
                beside("gaps"),
                "a leak" + in + " is found though scrapes fail",
                window,
                shape.gaps(leak),
                leaks));
    stories.add(() -> two("two scrapers make one alert" + in, window, leak, leaks));
    if (growth.service().selection().scope() == Scope.PODS) {
      stories.add(() -> besideNonsense(window, in, leak, leaks));
    }
    int at = 6 * STEPS;
    stories.add(() -> silent("flat", "a flat service" + in, window, shape.flat()));
    stories.add(() -> silent("noise", "noise" + in, window, shape.noise()));
    stories.add(() -> silent("deploy", "a step, as after a deploy," + in, window, shape.step(at)));
    stories.add(
        () -> silent("restart", "a restart that fills up again" + in, window, shape.restart(at)));
    stories.add(() -> silent("young", "a pod of two samples" + in, window, shape.young(at)));
    if (window.half().compareTo(Duration.ofMinutes(20)) >= 0) {
      stories.add(() -> dayAndNight(window, in));
    }
    if (growth.service().selection().scope() != Scope.JOBS) {
      stories.add(() -> owned("two kube-state-metrics name the owner" + in, window, leak, leaks));
    }
  }

  /**
   * A day to remember and the steepest third of another, in the longest steps that still have a
   * slope in each half: a day of short windows is what takes longest of all tests.
   */
  private Story dayAndNight(Window window, String in) {
    Duration every = Duration.ofMillis(window.half().toMillis() / DAY_STEPS);
    int day = (int) (DAY.toMillis() / every.toMillis());
    int steps = day + day / 2;
    Shapes shape = new Shapes(base(), leakPerStep(window), DAY_STEPS);
    Fixture of = beside("days");
    return new Story(
        "day and night" + in + " stays silent",
        every,
        tracks(of, Map.of(), steps, shape.days(day)),
        labels(of, workload(of)),
        List.of(new Look(every.multipliedBy(steps), Seen.NEVER)));
  }

  /** Long windows are judged by yesterday, short ones soon. */
  private static int lead(Window window) {
    return window.whole().compareTo(Duration.ofHours(2)) < 0
        ? 2 * STEPS
        : steps(window, DAY.plusHours(2));
  }

  private Story silent(String course, String what, Window window, IntToDoubleFunction values) {
    List<Look> never = List.of(look(window, 10 * STEPS, Seen.NEVER));
    return story(beside(course), what + " stays silent", window, values, never);
  }

  private Story story(
      Fixture of, String name, Window window, IntToDoubleFunction values, List<Look> looks) {
    List<Track> tracks = tracks(of, Map.of(), steps(window, looks), values);
    return new Story(name, step(window), tracks, labels(of, workload(of)), looks);
  }

  private Story two(String name, Window window, IntToDoubleFunction values, List<Look> looks) {
    Fixture of = beside("twice");
    int steps = steps(window, looks);
    List<Track> tracks = new ArrayList<>(tracks(of, Map.of("replica", "a"), steps, values));
    tracks.addAll(tracks(of, Map.of("replica", "b"), steps, values));
    return new Story(name, step(window), tracks, labels(of, workload(of)), looks);
  }

  /** One pod of the workload tells what nobody can have; the highest of all would be its. */
  private Story besideNonsense(
      Window window, String in, IntToDoubleFunction values, List<Look> looks) {
    Fixture of = beside("nonsense");
    int steps = steps(window, looks);
    List<Track> tracks = new ArrayList<>(tracks(of, Map.of(), steps, values));
    Map<String, String> broken = new TreeMap<>(of.target());
    // a selector may say any name
    broken.computeIfPresent(
        "pod", (label, pod) -> pod.replaceFirst("-[a-z0-9]{5}$", "") + "-bbbbb");
    tracks(of, Map.of(), steps, i -> NONSENSE)
        .forEach(
            track -> {
              String other =
                  track
                      .series()
                      .replace(
                          PromQl.quote(of.target().getOrDefault("pod", "")),
                          PromQl.quote(broken.getOrDefault("pod", "")));
              tracks.add(new Track(other, track.values()));
            });
    return new Story(
        "a leak" + in + " is found beside a pod that counts nonsense",
        step(window),
        tracks,
        labels(of, workload(of)),
        looks);
  }

  private Story owned(String name, Window window, IntToDoubleFunction values, List<Look> looks) {
    Fixture of = beside("owned");
    int steps = steps(window, looks);
    List<Track> tracks = new ArrayList<>(tracks(of, Map.of(), steps, values));
    for (String instance : List.of("10.0.0.7:8080", "10.0.0.8:8080")) {
      Map<String, String> owner = new TreeMap<>(of.target());
      owner.keySet().retainAll(List.of("cluster", "namespace", "pod"));
      owner.put("owner_is_controller", "true");
      owner.put("owner_kind", "ReplicaSet");
      owner.put("owner_name", "owner-7d4b9c6f58");
      owner.put("instance", instance);
      List<Double> there = Collections.nCopies(steps + 1, 1.0);
      tracks.add(new Track(Fixture.series(SourceMetrics.POD_OWNER, owner), there));
    }
    return new Story(name, step(window), tracks, labels(of, "owner"), looks);
  }

  private List<Track> tracks(
      Fixture of, Map<String, String> more, int steps, IntToDoubleFunction values) {
    Feed feed = growth.feed();
    Map<String, String> labels = new TreeMap<>(growth.service().selection().labels());
    labels.putAll(more);
    List<Track> tracks = new ArrayList<>();
    List<Double> moving =
        IntStream.rangeClosed(0, steps)
            .mapToObj(i -> Math.rint(values.applyAsDouble(i)) * feed.factor())
            .toList();
    tracks.add(new Track(of.own(feed.metric(), labels), moving));
    new TreeMap<>(feed.steady())
        .forEach(
            (metric, value) -> {
              List<Double> steady = moving.stream().map(v -> v.isNaN() ? v : value).toList();
              tracks.add(new Track(of.own(metric, labels), steady));
            });
    return tracks;
  }

  private Map<String, String> labels(Fixture of, String workload) {
    Map<String, String> labels =
        new TreeMap<>(
            of.grouped(Targets.grouping(growth.service().selection()), /* workload= */ false));
    labels.put(MetricNames.LABEL_WORKLOAD, workload);
    return labels;
  }

  private String workload(Fixture of) {
    return new Workloads(growth.service()).nameOf(of.target());
  }

  private Fixture fixture() {
    return new Fixture(growth.service());
  }

  /** Each of a workload of its own, so that they can be tested side by side. */
  private Fixture beside(String course) {
    return fixture().beside(course);
  }

  private double base() {
    return growth.floor() * 8;
  }

  private double leakPerStep(Window window) {
    double auto = base() / 2 / STEPS;
    double asked = growth.perHour() * window.half().toMillis() / 3_600_000.0 / STEPS * 2;
    return Math.ceil(Double.isNaN(asked) ? auto : Math.max(auto, asked));
  }

  private Duration waits() {
    return alert.forDuration().orElse(entry.forDuration());
  }

  private Duration keeps() {
    return alert.keepFiringFor().orElse(entry.keepFiringFor());
  }

  private static Duration step(Window window) {
    return Duration.ofMillis(Math.max(1, window.half().toMillis() / STEPS));
  }

  private static int steps(Window window, Duration duration) {
    long step = step(window).toMillis();
    return (int) Math.min(1_000_000, (duration.toMillis() + step - 1) / step);
  }

  /** As long as there is something to look for. */
  private static int steps(Window window, List<Look> looks) {
    return steps(window, looks.get(looks.size() - 1).at());
  }

  private static Look look(Window window, int steps, Seen seen) {
    return new Look(step(window).multipliedBy(steps), seen);
  }
}
