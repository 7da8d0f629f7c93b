package dev.tidemark.e2e.corpus.table;

import dev.tidemark.e2e.corpus.data.Leak;
import dev.tidemark.e2e.corpus.data.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How right a judge was. An episode is true when it begins between a leak's start and its limit, on
 * a signal that the leak raises. Any other is false. A leak is found by its first true episode.
 *
 * @param leaks how many there are
 * @param found how many of them were found before their limit
 * @param falseEpisodes on healthy targets, before a leak, or of a signal that the leak leaves alone
 * @param learning episodes of the time that is for learning; they count for nothing
 * @param healthyDays series-days on which an episode would be false
 * @param leads hours from the first true episode to the limit, ascending
 * @param longEnough leaks with at least an hour to their limit that were recorded to its half
 * @param byHalf how many of them were found by half of the time to the limit
 */
record Score(
    int leaks,
    int found,
    int falseEpisodes,
    int learning,
    double healthyDays,
    List<Double> leads,
    int longEnough,
    int byHalf) {
  private static final double HOUR = 3600;
  private static final double DAY = 86_400;

  Score {
    leads = leads.stream().sorted().toList();
  }

  /** When a target was recorded, epoch seconds. */
  record Span(double from, double until) {
    /** Days of it before one time and after another. */
    double days(double since, double before) {
      return Math.max(0, (Math.min(until, before) - Math.max(from, since)) / DAY);
    }
  }

  /**
   * @param learnt epoch seconds; what is said before counts for nothing
   */
  static Score of(Contender judge, List<Target> targets, Map<String, Span> spans, double learnt) {
    int leaks = 0;
    int falseEpisodes = 0;
    int learning = 0;
    double healthyDays = 0;
    List<Double> leads = new ArrayList<>();
    int longEnough = 0;
    int byHalf = 0;
    Map<String, List<Episode>> byPod = new TreeMap<>();
    judge.episodes().forEach(e -> byPod.computeIfAbsent(e.pod(), p -> new ArrayList<>()).add(e));
    for (Target target : targets) {
      Span span = spans.getOrDefault(target.pod(), new Span(0, 0));
      List<Episode> said = byPod.getOrDefault(target.pod(), List.of());
      List<Episode> episodes = said.stream().filter(e -> e.from() >= learnt).toList();
      learning += said.size() - episodes.size();
      Leak leak = target.leak();
      double healthy = leak == null ? Double.POSITIVE_INFINITY : leak.start();
      healthyDays += span.days(learnt, healthy) * judge.signals().size();
      if (leak == null) {
        falseEpisodes += episodes.size();
        continue;
      }
      leaks++;
      falseEpisodes += (int) episodes.stream().filter(e -> !isTrue(e, leak)).count();
      double first =
          episodes.stream()
              .filter(e -> isTrue(e, leak))
              .mapToDouble(Episode::from)
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      if (first <= leak.end()) {
        leads.add((leak.end() - first) / HOUR);
      }
      double half = leak.start() + (leak.end() - leak.start()) / 2;
      if (leak.end() - leak.start() >= HOUR && (half <= span.until() || first <= half)) {
        longEnough++;
        byHalf += first <= half ? 1 : 0;
      }
    }
    return new Score(
        leaks, leads.size(), falseEpisodes, learning, healthyDays, leads, longEnough, byHalf);
  }

  static boolean isTrue(Episode episode, Leak leak) {
    return episode.from() >= leak.start() && leak.raises().contains(episode.signal());
  }

  /** Leaks found among leaks found and false episodes; NaN for a judge that never said anything. */
  double precision() {
    return (double) found / (found + falseEpisodes);
  }

  double recall() {
    return (double) found / leaks;
  }

  double halfShare() {
    return (double) byHalf / longEnough;
  }

  /** Hours; NaN where nothing was found. */
  double medianLead() {
    int n = leads.size();
    return n == 0 ? Double.NaN : (leads.get((n - 1) / 2) + leads.get(n / 2)) / 2;
  }

  double falseADay() {
    return falseEpisodes / healthyDays;
  }
}
