package dev.tidemark.e2e.corpus.table;

import static dev.tidemark.e2e.corpus.table.Report.format;

import dev.tidemark.e2e.corpus.data.Leak;
import dev.tidemark.e2e.corpus.data.Target;
import dev.tidemark.e2e.corpus.table.ForecastWatcher.Errors;
import dev.tidemark.e2e.corpus.table.ForecastWatcher.Group;
import dev.tidemark.e2e.corpus.table.HealthWatcher.Means;
import dev.tidemark.exporter.health.TroubleClass;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How well health and forecasts did, as Markdown. */
final class CareReport {
  private static final String FORECASTS =
      """
      Forecasts of healthy series, asked every minute: mean absolute error of ours, of "it stays" and of `predict_linear` over an hour.

      | signal | ahead | forecasts | ours | it stays | straight line | ours / it stays | ours / line |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      """;

  private static final String HEALTH =
      """
      Sick days (a leak in the second half of its way to the limit) told from healthy days of a target: the area under the ROC curve of each day's mean.

      | by | area |
      | --- | --- |
      """;

  private static final String TROUBLES =
      """
      Classes of trouble: in how many of the targets that have one it was told before the limit; episodes on others, or before, or of another class.

      | class | found | false episodes | on targets |
      | --- | --- | --- | --- |
      """;

  private final Collection<Target> targets;
  private final StringBuilder text = new StringBuilder();

  CareReport(Collection<Target> targets) {
    this.targets = targets;
  }

  /** Overall, and by behaviour. */
  CareReport forecasts(Map<Group, Errors> errors) {
    text.append(FORECASTS);
    for (String signal : ForecastWatcher.SIGNALS) {
      for (Duration horizon : ForecastWatcher.HORIZONS) {
        Errors e = errors.getOrDefault(new Group("", signal, horizon), new Errors());
        boolean memory = signal.equals("rss");
        double scale = (memory ? 100 / OpenMetrics.MEMORY_LIMIT : 1) / Math.max(1, e.count);
        text.append(
            format(
                "| %s | %d min | %d | %.3f | %.3f | %.3f | %.3f | %.3f |\n",
                memory ? "resident memory, % of the limit" : signal,
                horizon.toMinutes(),
                e.count,
                e.ours * scale,
                e.last * scale,
                e.line * scale,
                e.ours / e.last,
                e.ours / e.line));
      }
    }
    return byBehaviour(errors);
  }

  private CareReport byBehaviour(Map<Group, Errors> errors) {
    text.append("\nThe same by behaviour: ours / it stays, ours / line.\n\n| behaviour |");
    for (String signal : ForecastWatcher.SIGNALS) {
      for (Duration horizon : ForecastWatcher.HORIZONS) {
        text.append(format(" %s %d min |", signal, horizon.toMinutes()));
      }
    }
    text.append("\n| --- |").append(" --- |".repeat(4)).append('\n');
    Set<String> behaviours =
        errors.keySet().stream()
            .map(Group::behaviour)
            .filter(b -> !b.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    for (String behaviour : behaviours) {
      text.append("| ").append(behaviour).append(" |");
      for (String signal : ForecastWatcher.SIGNALS) {
        for (Duration horizon : ForecastWatcher.HORIZONS) {
          Errors e = errors.getOrDefault(new Group(behaviour, signal, horizon), new Errors());
          text.append(format(" %.2f, %.2f |", e.ours / e.last, e.ours / e.line));
        }
      }
      text.append('\n');
    }
    text.append('\n');
    return this;
  }

  /** The score against what it is made of. */
  CareReport score(HealthWatcher watcher) {
    text.append(HEALTH);
    row("the health score", watcher, Means::unhealthy);
    row("any class of trouble", watcher, Means::trouble);
    row("the highest leak state", watcher, Means::leakState);
    text.append(
        format(
            "\n%d sick days of a target, %d healthy ones.\n\n",
            watcher.days(true).size(), watcher.days(false).size()));
    return this;
  }

  private void row(String name, HealthWatcher watcher, ToDoubleFunction<Means> by) {
    double[] sick = watcher.days(true).stream().mapToDouble(by).toArray();
    double[] healthy = watcher.days(false).stream().mapToDouble(by).toArray();
    text.append(format("| %s | %.3f |\n", name, area(sick, healthy)));
  }

  /**
   * How probably a sick one is above a healthy one, half where they are equal (Hanley and McNeil,
   * 1982).
   */
  static double area(double[] sick, double[] healthy) {
    double above = 0;
    for (double one : sick) {
      for (double other : healthy) {
        above += one > other ? 1 : one == other ? 0.5 : 0;
      }
    }
    return above / ((double) sick.length * healthy.length);
  }

  /** One row a class. */
  CareReport troubles(List<Episode> episodes) {
    text.append(TROUBLES);
    for (TroubleClass trouble : TroubleClass.values()) {
      List<Episode> told =
          episodes.stream().filter(e -> e.signal().equals(trouble.label())).toList();
      int expected = 0;
      int found = 0;
      int falseEpisodes = 0;
      int falseTargets = 0;
      for (Target target : targets) {
        List<Episode> own = told.stream().filter(e -> e.pod().equals(target.pod())).toList();
        long right = own.stream().filter(e -> isTrue(e, target)).count();
        expected += expects(target.leak(), target.behaviour(), trouble.label()) ? 1 : 0;
        found += right > 0 ? 1 : 0;
        falseEpisodes += (int) (own.size() - right);
        falseTargets += own.size() > right ? 1 : 0;
      }
      text.append(
          format(
              "| %s | %s | %d | %d |\n",
              trouble.label(),
              expected == 0 ? "-" : found + " of " + expected,
              falseEpisodes,
              falseTargets));
    }
    text.append('\n');
    return this;
  }

  /** Whether an episode of trouble is one that the target was told to have. */
  static boolean isTrue(Episode episode, Target target) {
    Leak leak = target.leak();
    return leak != null
        && episode.from() >= leak.start()
        && episode.from() <= leak.end()
        && expects(leak, target.behaviour(), episode.signal());
  }

  private static boolean expects(
      @org.jspecify.annotations.Nullable Leak leak, String behaviour, String trouble) {
    if (leak == null) {
      return false;
    }
    return switch (trouble) {
      case "goroutine_leak" -> leak.signal().equals("goroutines");
      case "heap_leak" -> leak.signal().equals("heap_live");
      case "off_heap_growth" -> leak.kind().equals("mmap");
      case "gc_thrash" -> behaviour.equals("leak-gomemlimit");
      default -> false;
    };
  }

  String text() {
    return text.toString();
  }
}
