package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.e2e.corpus.data.Leak;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.data.Recording;
import dev.tidemark.e2e.corpus.data.Target;
import dev.tidemark.e2e.corpus.table.Episode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The tables as Markdown. */
final class EnginesReport {
  /** A leak that only the alert on it can be right about: the signal that it must raise. */
  private static final Map<String, String> RAISED =
      Map.of(
          "GoGoroutineLeak", "goroutines",
          "GoGoroutineLevel", "goroutines",
          "GoHeapLeak", "heap_live",
          "GoDeepStacks", "stack_per_goroutine",
          "GoOffHeapGrowth", "rss");

  private static final String COLUMNS =
      " episodes of engine exporter | of engine promql | the same | promql begins later by | ends"
          + " apart | only exporter | only promql |\n"
          + "| --- | --- | --- | --- | --- | --- | --- | --- |\n";

  private final List<Target> targets;
  private final double learnt;
  private final Map<String, List<Target>> bySubject = new TreeMap<>();

  EnginesReport(Recording recording, Part part) {
    this.targets = recording.of(part);
    this.learnt = recording.learnt();
    for (Target target : targets) {
      bySubject.computeIfAbsent(target.pod(), p -> new ArrayList<>()).add(target);
      bySubject.computeIfAbsent(target.workload(), w -> new ArrayList<>()).add(target);
    }
  }

  /**
   * @param exporter episodes of each alert, by its name
   * @param promql those of the same alerts
   */
  String text(Map<String, List<Episode>> exporter, Map<String, List<Episode>> promql) {
    StringBuilder text = new StringBuilder("| alert |").append(COLUMNS);
    exporter.forEach(
        (alert, said) ->
            text.append(row(alert, said, promql.getOrDefault(alert, List.of()), e -> true)));
    text.append("\nAll of these alerts by behaviour:\n\n| behaviour |").append(COLUMNS);
    List<Episode> one = all(exporter);
    List<Episode> other = all(promql);
    targets.stream()
        .map(Target::behaviour)
        .distinct()
        .sorted()
        .forEach(name -> text.append(row(name, one, other, e -> behaviour(e).equals(name))));
    return text.toString();
  }

  private static List<Episode> all(Map<String, List<Episode>> byAlert) {
    return byAlert.values().stream().flatMap(Collection::stream).toList();
  }

  private String behaviour(Episode episode) {
    return of(episode).stream().map(Target::behaviour).findFirst().orElse("");
  }

  private List<Target> of(Episode episode) {
    return bySubject.getOrDefault(episode.pod(), List.of());
  }

  private String row(
      String name, List<Episode> exporter, List<Episode> promql, Predicate<Episode> shown) {
    List<Episode> one = learnt(exporter, shown);
    List<Episode> other = learnt(promql, shown);
    Agreement agreement = Agreement.of(one, other);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %d | %s | %s | %s | %s |\n",
        name,
        count(one),
        count(other),
        agreement.same().size(),
        median(agreement, Agreement.Pair::later),
        median(agreement, Agreement.Pair::endsApart),
        count(agreement.onlyFirst()),
        count(agreement.onlySecond()));
  }

  private List<Episode> learnt(List<Episode> episodes, Predicate<Episode> shown) {
    return Episode.merged(episodes).stream()
        .filter(e -> e.from() >= learnt && shown.test(e))
        .toList();
  }

  private String count(List<Episode> episodes) {
    long wrong = episodes.stream().filter(e -> !isTrue(e)).count();
    return wrong == 0
        ? String.valueOf(episodes.size())
        : episodes.size() + " (" + wrong + " false)";
  }

  private boolean isTrue(Episode episode) {
    return of(episode).stream().anyMatch(target -> isTrue(episode, target.leak()));
  }

  private static boolean isTrue(Episode episode, @org.jspecify.annotations.Nullable Leak leak) {
    if (leak == null || episode.from() < leak.start()) {
      return false;
    }
    String raised = RAISED.get(episode.signal());
    if (episode.signal().equals("GoOffHeapGrowth")) {
      return leak.signal().equals(raised);
    }
    return raised == null || leak.raises().contains(raised);
  }

  private static String median(Agreement agreement, ToDoubleFunction<Agreement.Pair> of) {
    double[] sorted = agreement.same().stream().mapToDouble(of).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      return "-";
    }
    double seconds = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return Math.abs(seconds) < 7200
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
