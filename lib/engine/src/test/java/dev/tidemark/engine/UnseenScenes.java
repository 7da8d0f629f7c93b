package dev.tidemark.engine;

import static dev.tidemark.engine.TrialScene.DAY;
import static dev.tidemark.engine.TrialScene.HOUR;
import static dev.tidemark.engine.TrialScenes.between;
import static dev.tidemark.engine.TrialScenes.leak;
import static dev.tidemark.engine.TrialScenes.level;
import static dev.tidemark.engine.TrialScenes.limited;
import static dev.tidemark.engine.TrialScenes.noise;
import static dev.tidemark.engine.TrialScenes.span;
import static dev.tidemark.engine.TrialScenes.times;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Kinds of the trial that nothing is ever chosen by: they only check what was. */
final class UnseenScenes {
  private UnseenScenes() {}

  static Map<String, Function<Random, TrialScene>> healthy() {
    Map<String, Function<Random, TrialScene>> kinds = new LinkedHashMap<>();
    kinds.put("sawtooth whose height drifts", r -> limited(r, driftingSawtooth(r)));
    kinds.put(
        "traffic that doubles week over week, autoscaled",
        r -> {
          TrialScene s = TrialScenes.daily(r, 21 * DAY);
          double most = between(r, 1.2, 2);
          double[] members = {1};
          return limited(
              r,
              times(
                  s,
                  i -> {
                    double all = Math.pow(2, i / (7 * DAY));
                    double each = all / members[0];
                    members[0] = each > most ? Math.ceil(all) : members[0];
                    return all / members[0];
                  }));
        });
    kinds.put("late, doubled and lost samples", r -> limited(r, shaken(r)));
    kinds.put(
        "restarts that nobody tells",
        r -> {
          TrialScene s = noise(r, 8 * DAY, level(r), between(r, 0.01, 0.05), 20);
          Arrays.fill(s.starts, 0);
          for (int at = r.nextInt(DAY); at < s.values.length; at += HOUR + r.nextInt(DAY)) {
            int from = at;
            double tau = between(r, 2, 200);
            double base = 0.1 + 0.7 * r.nextDouble();
            times(s, i -> i < from ? 1 : 1 - (1 - base) * Math.exp(-(i - from) / tau));
            Arrays.fill(s.values, at, Math.min(s.values.length, at + r.nextInt(8)), Double.NaN);
          }
          return limited(r, s);
        });
    kinds.put("a queue that fills and drains", r -> limited(r, queue(r)));
    kinds.put(
        "memory that is given back late, in steps",
        r -> {
          TrialScene s = TrialScenes.daily(r, 8 * DAY);
          double high = s.values[0];
          for (int i = 0; i < s.values.length; i++) {
            boolean returns = r.nextDouble() < 1.0 / (4 * HOUR);
            high = returns ? s.values[i] : Math.max(s.values[i], high);
            s.values[i] = high;
          }
          return limited(r, s);
        });
    kinds.put(
        "a long batch once a week",
        r -> {
          TrialScene s = TrialScenes.daily(r, 21 * DAY);
          int at = r.nextInt(7 * DAY);
          int length = 2 * HOUR + r.nextInt(10 * HOUR);
          double by = between(r, 1.3, 3);
          return limited(
              r,
              times(
                  s,
                  i -> {
                    double since = (i + 7 * DAY - at) % (7 * DAY);
                    return since < length ? 1 + (by - 1) * since / length : 1;
                  }));
        });
    return kinds;
  }

  static Map<String, Function<Random, TrialScene>> leaks() {
    Map<String, Function<Random, TrialScene>> kinds = new LinkedHashMap<>();
    kinds.put(
        "the limit is 50 times the level, 24 h",
        r -> {
          TrialScene s = noise(r, span(24, 3), level(r), between(r, 0.01, 0.1), 20);
          return s.limit(50 * s.values[0]).leak(3 * DAY, span(24, 3), x -> x, 49 * s.values[0]);
        });
    kinds.put(
        "in bursts, 24 h",
        r -> {
          TrialScene s = noise(r, span(24, 3), level(r), between(r, 0.005, 0.04), 10);
          double[] sum = new double[24 * HOUR + 1];
          for (int i = 1; i < sum.length; i++) {
            sum[i] = sum[i - 1] + (r.nextDouble() < 0.02 ? -Math.log(r.nextDouble()) : 0);
          }
          double all = sum[sum.length - 1];
          return leak(r, s, 3 * DAY, 24, x -> sum[(int) (Math.min(1, x) * (sum.length - 1))] / all);
        });
    kinds.put(
        "from a birth that nobody tells, 12 h",
        r -> {
          TrialScene s = noise(r, span(12, 0), level(r), between(r, 0.005, 0.03), 10);
          Arrays.fill(s.starts, 0);
          return leak(r, s, 0, 12, x -> x);
        });
    kinds.put(
        "scraped every 5 minutes, 12 h",
        r -> {
          TrialScene s = noise(r, span(12, 3), level(r), between(r, 0.005, 0.05), 10);
          leak(r, s, 3 * DAY, 12, x -> x);
          return WiderScenes.sparse(s, 5, r.nextInt(5));
        });
    kinds.put(
        "descriptors, from 12 to 1,024 in 24 h",
        r -> {
          TrialScene s = new TrialScene(span(24, 3), new SeriesShape(Side.HIGH, Reduce.MEDIAN, 10));
          double[] w = TrialScene.wander(r, s.values.length, 60);
          for (int i = 0; i < s.values.length; i++) {
            s.values[i] = 12 + 3 * Math.abs(w[i]);
          }
          s.limit(1024).leak(3 * DAY, span(24, 3), x -> x, 1012);
          for (int i = 0; i < s.values.length; i++) {
            s.values[i] = Math.round(s.values[i]);
          }
          return s;
        });
    kinds.put(
        "on heavy tails, 2 d",
        r -> leak(r, WiderScenes.heavy(r, span(48, 4)), 4 * DAY, 48, x -> x));
    kinds.put(
        "between regimes, 2 d",
        r -> leak(r, WiderScenes.regimes(r, span(48, 5)), 5 * DAY, 48, x -> x));
    kinds.put(
        "of a service with deploys, the last one leaks, 12 h",
        r -> {
          TrialScene s = noise(r, span(12, 5), level(r), between(r, 0.01, 0.04), 10);
          for (int at = DAY; at <= 5 * DAY; at += DAY) {
            int from = at;
            double tau = between(r, 2, 60);
            s.startedAt(at, at);
            times(s, i -> i < from || i >= from + DAY ? 1 : 1 - 0.5 * Math.exp(-(i - from) / tau));
          }
          return leak(r, s, 5 * DAY, 12, x -> x);
        });
    return kinds;
  }

  private static TrialScene driftingSawtooth(Random r) {
    TrialScene s = TrialScenes.scene(r, 10 * DAY);
    double[] w = TrialScene.wander(r, s.values.length, between(r, 200, 2000));
    double live = level(r);
    double period = between(r, 5, 600);
    double phase = 0;
    for (int i = 0; i < s.values.length; i++) {
      phase += 1 / period;
      phase -= Math.floor(phase);
      double height = Math.max(0.1, 0.8 + 0.3 * w[i]);
      s.values[i] = live * (1 + 0.01 * r.nextGaussian()) * (1 + height * phase);
    }
    return s;
  }

  private static TrialScene shaken(Random r) {
    TrialScene s = TrialScenes.daily(r, 10 * DAY);
    s.late = new int[s.values.length];
    for (int i = 0; i < s.values.length; i++) {
      s.late[i] = r.nextInt(50) == 0 ? -60_000 * r.nextInt(5) : r.nextInt(25_000);
      s.values[i] = r.nextInt(20) == 0 ? Double.NaN : s.values[i];
    }
    for (int k = 0; k < 5; k++) {
      int at = r.nextInt(s.values.length);
      int to = Math.min(s.values.length, at + r.nextInt(12 * HOUR));
      Arrays.fill(s.values, at, to, Double.NaN);
    }
    return s;
  }

  /** A random walk between empty and its load: long stays, steady climbs. */
  private static TrialScene queue(Random r) {
    TrialScene s = TrialScenes.scene(r, 10 * DAY);
    double base = level(r);
    double drain = between(r, 0.005, 0.1);
    double waiting = 0;
    for (int i = 0; i < s.values.length; i++) {
      waiting = Math.max(0, waiting + 0.03 * base * r.nextGaussian() - drain * 0.03 * base);
      s.values[i] = Math.round(base + waiting);
    }
    return s;
  }
}
