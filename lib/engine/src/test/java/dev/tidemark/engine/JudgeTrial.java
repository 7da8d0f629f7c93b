package dev.tidemark.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints how well synthetic series are judged: false confirmed episodes a series-day of each
 * healthy kind; of each kind of leak the share confirmed by half of its time to the limit, and
 * when.
 *
 * <p>Arguments: seeds a kind (40), the first seed (1; seeds from 1,000 on, and the kinds of {@link
 * UnseenScenes} with them, are for checking what was chosen by the others), what is found in
 * "healthy" or "leak" and the kind's name (a regular expression; all), parts to switch off.
 */
final class JudgeTrial {
  private record Result(
      double days, int episodes, int suspicions, double outside, @Nullable Double foundAt) {}

  /** Seeds from here on are for checking only. */
  private static final int CHECKING = 1000;

  private JudgeTrial() {}

  public static void main(String[] args) {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
    int first = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    Pattern name = Pattern.compile(args.length > 2 ? args[2] : "");
    JudgeConfig config = JudgeConfig.defaults(TrialScene.step());
    for (int i = 3; i < args.length; i++) {
      config = config.without(Part.valueOf(args[i]));
    }
    healthy(config, seeds, first, name);
    leaks(config, seeds, first, name);
  }

  private static Map<String, Function<Random, TrialScene>> healthyKinds(int first) {
    Map<String, Function<Random, TrialScene>> kinds = TrialScenes.healthy();
    kinds.putAll(WiderScenes.healthy());
    if (first >= CHECKING) {
      kinds.putAll(UnseenScenes.healthy());
    }
    return kinds;
  }

  private static Map<String, Function<Random, TrialScene>> leakingKinds(int first) {
    Map<String, Function<Random, TrialScene>> kinds = TrialScenes.leaks();
    kinds.putAll(WiderScenes.leaks());
    if (first >= CHECKING) {
      kinds.putAll(UnseenScenes.leaks());
    }
    return kinds;
  }

  private static List<Result> results(
      JudgeConfig config, int seeds, int first, Function<Random, TrialScene> kind) {
    return IntStream.range(first, first + seeds)
        .parallel()
        .mapToObj(seed -> run(config, kind.apply(new Random(seed * 7919L))))
        .toList();
  }

  private static void healthy(JudgeConfig config, int seeds, int first, Pattern name) {
    System.out.printf(
        "%-62s %8s %8s %8s%n", "healthy, a series-day", "false", "suspect", "outside");
    double days = 0;
    int episodes = 0;
    List<Double> rates = new ArrayList<>();
    for (Map.Entry<String, Function<Random, TrialScene>> kind : healthyKinds(first).entrySet()) {
      if (!name.matcher("healthy " + kind.getKey()).find()) {
        continue;
      }
      List<Result> results = results(config, seeds, first, kind.getValue());
      double kindDays = results.stream().mapToDouble(Result::days).sum();
      int kindEpisodes = results.stream().mapToInt(Result::episodes).sum();
      System.out.printf(
          "%-62s %8.4f %8.3f %7.2f%%%n",
          kind.getKey(),
          kindEpisodes / kindDays,
          results.stream().mapToInt(Result::suspicions).sum() / kindDays,
          100 * results.stream().mapToDouble(Result::outside).average().orElse(0));
      days += kindDays;
      episodes += kindEpisodes;
      rates.add(kindEpisodes / kindDays);
    }
    if (!rates.isEmpty()) {
      System.out.printf(
          "%-62s %8.4f  (mean of kinds %.4f, worst %.4f)%n",
          "all " + Math.round(days) + " days",
          episodes / days,
          rates.stream().mapToDouble(r -> r).average().orElse(0),
          Collections.max(rates));
    }
  }

  private static void leaks(JudgeConfig config, int seeds, int first, Pattern name) {
    System.out.printf(
        "%-62s %8s %8s %8s %8s%n",
        "leaks, in shares of the way", "by half", "found", "median", "worst");
    int all = 0;
    int half = 0;
    for (Map.Entry<String, Function<Random, TrialScene>> kind : leakingKinds(first).entrySet()) {
      if (!name.matcher("leak " + kind.getKey()).find()) {
        continue;
      }
      List<Result> results = results(config, seeds, first, kind.getValue());
      double[] found =
          results.stream()
              .mapToDouble(r -> r.foundAt() == null ? 9 : r.foundAt())
              .sorted()
              .toArray();
      int byHalf = (int) Arrays.stream(found).filter(f -> f <= 0.5).count();
      System.out.printf(
          "%-62s %7.0f%% %7.0f%% %8.2f %8.2f%n",
          kind.getKey(),
          100.0 * byHalf / found.length,
          100.0 * Arrays.stream(found).filter(f -> f <= 1).count() / found.length,
          found[found.length / 2],
          found[found.length - 1]);
      all += found.length;
      half += byHalf;
    }
    if (all > 0) {
      System.out.printf("%-62s %7.1f%%%n", "all " + all + " leaks", 100.0 * half / all);
    }
  }

  private static Result run(JudgeConfig config, TrialScene scene) {
    Judge judge = new Judge(scene.shape, config);
    LeakState before = LeakState.NONE;
    int episodes = 0;
    int suspicions = 0;
    int outside = 0;
    int observed = 0;
    Double foundAt = null;
    int end = scene.dies < 0 || scene.dies > scene.values.length ? scene.values.length : scene.dies;
    for (int i = 0; i < end; i++) {
      double value = scene.values[i];
      if (Double.isNaN(value)) {
        continue;
      }
      long time = Feed.MONDAY + i * TrialScene.MINUTE + (scene.late == null ? 0 : scene.late[i]);
      Judgement j = judge.observe(new Sample(time, value, scene.limit, scene.starts[i]), null);
      observed++;
      outside += j.score() > 1 ? 1 : 0;
      if (j.leakState() == LeakState.CONFIRMED && before != LeakState.CONFIRMED) {
        episodes++;
        if (System.getProperty("verbose") != null) {
          System.out.printf("  %.2f d: %s%n", i / (double) TrialScene.DAY, j.reason(Measure.COUNT));
        }
      }
      if (j.leakState() == LeakState.CONFIRMED && i >= scene.leaksFrom && foundAt == null) {
        foundAt = (i - scene.leaksFrom) / (double) (scene.dies - scene.leaksFrom);
      }
      suspicions += j.leakState() == LeakState.SUSPECTED && before == LeakState.NONE ? 1 : 0;
      before = j.leakState();
    }
    return new Result(scene.days(), episodes, suspicions, outside / (double) observed, foundAt);
  }
}
