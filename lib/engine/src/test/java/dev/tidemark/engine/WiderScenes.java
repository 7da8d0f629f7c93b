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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** More kinds of the trial: schedules, pools, small numbers, coarse grids, leaks with breaks. */
final class WiderScenes {
  private static final double MIB = 1024 * 1024;

  private WiderScenes() {}

  static Map<String, Function<Random, TrialScene>> healthy() {
    Map<String, Function<Random, TrialScene>> kinds = new LinkedHashMap<>();
    kinds.put("hourly and nightly cron", r -> limited(r, cron(r, 8 * DAY)));
    kinds.put("hourly and nightly cron, first 2 days", r -> limited(r, cron(r, 2 * DAY)));
    kinds.put("pool with an idle timeout", r -> limited(r, idlePool(r)));
    kinds.put("counts of 0 to 5", WiderScenes::tiny);
    kinds.put(
        "whole MiB",
        r -> {
          TrialScene s = mebibytes(r, 8 * DAY);
          double[] w = TrialScene.wander(r, s.values.length, 120);
          double level = between(r, 20, 300);
          double sd = between(r, 0.005, 0.05);
          for (int i = 0; i < s.values.length; i++) {
            s.values[i] = MIB * Math.round(level * (1 + sd * w[i]));
          }
          return limited(r, s);
        });
    kinds.put(
        "warms up like a logarithm over a day, from its birth",
        r -> {
          TrialScene s = noise(r, 5 * DAY, level(r), between(r, 0.005, 0.03), r.nextInt(2) * 20);
          double early = between(r, 5, 60);
          double base = 0.1 + 0.5 * r.nextDouble();
          s.startedAt(0, 0);
          double all = Math.log(1 + DAY / early);
          return limited(
              r, times(s, i -> base + (1 - base) * Math.min(1, Math.log(1 + i / early) / all)));
        });
    kinds.put(
        "restarts every 6 h, warms up each time",
        r -> {
          TrialScene s = noise(r, 6 * DAY, level(r), between(r, 0.01, 0.05), 15);
          double tau = between(r, 5, 200);
          double base = 0.1 + 0.5 * r.nextDouble();
          for (int at = 0; at < s.values.length; at += 6 * HOUR) {
            s.startedAt(at, at);
          }
          return limited(r, times(s, i -> 1 - (1 - base) * Math.exp(-(i % (6 * HOUR)) / tau)));
        });
    kinds.put(
        "scraped every 5 minutes",
        r -> limited(r, sparse(TrialScenes.daily(r, 10 * DAY), 5, r.nextInt(5))));
    kinds.put(
        "a deploy that takes 30 % more for good",
        r -> {
          TrialScene s =
              r.nextBoolean()
                  ? TrialScenes.daily(r, 9 * DAY)
                  : noise(r, 9 * DAY, level(r), 0.03, 20);
          int at = DAY + r.nextInt(5 * DAY);
          double tau = between(r, 1, 180);
          s.startedAt(at, at);
          times(s, i -> i < at ? 1 : 1.3 * (1 - 0.5 * Math.exp(-(i - at) / tau)));
          return limited(r, s);
        });
    kinds.put(
        "fills over the day, emptied at the same minute",
        r -> {
          TrialScene s = noise(r, 9 * DAY, level(r), between(r, 0.003, 0.03), r.nextInt(2) * 20);
          double height = between(r, 0.3, 3);
          int minute = r.nextInt(DAY);
          return limited(
              r, times(s, i -> 1 + height * Math.floorMod((int) i - minute, DAY) / (double) DAY));
        });
    kinds.put(
        "two levels a day, with sharp edges",
        r -> {
          TrialScene s = noise(r, 9 * DAY, level(r), between(r, 0.003, 0.03), r.nextInt(2) * 20);
          double height = between(r, 0.3, 3);
          int minute = r.nextInt(DAY);
          int length = 2 * HOUR + r.nextInt(18 * HOUR);
          int ramp = 1 + r.nextInt(40);
          return limited(
              r,
              times(
                  s,
                  i -> {
                    int now = Math.floorMod((int) i - minute, DAY);
                    double up = Math.min(1, now / (double) ramp);
                    double down = Math.max(0, Math.min(1, (length - now) / (double) ramp));
                    return 1 + height * Math.min(up, down);
                  }));
        });
    kinds.put("changes between regimes", r -> limited(r, regimes(r, 12 * DAY)));
    kinds.put("log-normal with heavy tails", r -> limited(r, heavy(r, 8 * DAY)));
    return kinds;
  }

  static Map<String, Function<Random, TrialScene>> leaks() {
    Map<String, Function<Random, TrialScene>> kinds = new LinkedHashMap<>();
    for (double hours : new double[] {6, 48}) {
      kinds.put(
          "like a logarithm, " + hours + " h",
          r -> {
            TrialScene s = noise(r, span(hours, 3), level(r), between(r, 0.005, 0.04), 10);
            return leak(r, s, 3 * DAY, hours, x -> Math.log(1 + 5 * Math.max(0, x)) / Math.log(6));
          });
    }
    kinds.put(
        "only in the daytime, 4 d",
        r -> {
          TrialScene s = TrialScenes.daily(r, span(96, 5));
          double awake = 6 + 6 * r.nextDouble();
          return leak(r, s, 4 * DAY, 96, x -> byDay(96 * x, awake) / byDay(96, awake));
        });
    kinds.put(
        "rests at night, 2 d",
        r -> {
          TrialScene s = noise(r, span(48, 4), level(r), between(r, 0.01, 0.05), 20);
          return leak(r, s, 4 * DAY, 48, x -> byDay(48 * x, 16) / byDay(48, 16));
        });
    for (double hours : new double[] {12, 72}) {
      kinds.put(
          "masked by a slow sawtooth, " + hours + " h",
          r -> {
            TrialScene s = TrialScenes.scene(r, span(hours, 4));
            double live = level(r);
            double period = hours * HOUR / between(r, 8, 30);
            double height = between(r, 0.2, 0.8);
            for (int i = 0; i < s.values.length; i++) {
              double phase = i / period - Math.floor(i / period);
              s.values[i] = live * (1 + 0.01 * r.nextGaussian()) * (1 + height * phase);
            }
            return leak(r, s, 4 * DAY, hours, x -> x);
          });
      kinds.put(
          "gives a part back now and then, " + hours + " h",
          r -> {
            TrialScene s = noise(r, span(hours, 4), level(r), between(r, 0.005, 0.04), 10);
            int times = 6 + r.nextInt(12);
            double part = 0.3 + 0.3 * r.nextDouble();
            return leak(
                r,
                s,
                4 * DAY,
                hours,
                x -> (x + (x * times - Math.floor(x * times)) * part / (1 - part) / times));
          });
      kinds.put(
          "live heap told by the collector's goal, " + hours + " h",
          r -> {
            TrialScene s = TrialScenes.scene(r, span(hours, 3));
            double live = level(r);
            double limit = live * between(r, 2.6, 10);
            double perMinute = live / between(r, 2, 60);
            int from = 3 * DAY;
            double slope = (limit - live) / (hours * HOUR);
            double told = live;
            double allocated = 0;
            for (int i = 0; i < s.values.length; i++) {
              double now = live + slope * Math.max(0, i - from);
              allocated += perMinute + (i > from ? slope : 0);
              if (allocated >= told) {
                told = now * (1 + 0.01 * r.nextGaussian());
                allocated = 0;
              }
              s.values[i] = told;
            }
            s.leaksFrom = from;
            s.dies = span(hours, 3);
            return s.limit(limit);
          });
    }
    return kinds;
  }

  /** Hours awake in the first so many hours, each day so many from the start of it. */
  static double byDay(double hours, double awake) {
    double days = Math.floor(Math.max(0, hours) / 24);
    return days * awake + Math.min(awake, Math.max(0, hours) - 24 * days);
  }

  static TrialScene mebibytes(Random r, int minutes) {
    Reduce reduce = r.nextBoolean() ? Reduce.TROUGH : Reduce.MEDIAN;
    return new TrialScene(minutes, new SeriesShape(Side.HIGH, reduce, 8 * MIB));
  }

  static TrialScene sparse(TrialScene s, int every, int phase) {
    for (int i = 0; i < s.values.length; i++) {
      s.values[i] = i % every == phase ? s.values[i] : Double.NaN;
    }
    return s;
  }

  private static TrialScene cron(Random r, int minutes) {
    TrialScene s = noise(r, minutes, level(r), between(r, 0.01, 0.05), 10);
    int length = 3 + r.nextInt(25);
    double hourly = between(r, 1.2, 4);
    int night = r.nextInt(DAY);
    int long_ = 30 + r.nextInt(3 * HOUR);
    double nightly = between(r, 1.2, 3);
    return times(
        s,
        i -> {
          double now =
              i % HOUR < length
                  ? 1 + (hourly - 1) * (0.9 + 0.1 * s.values[(int) i] / s.values[0])
                  : 1;
          double since = (i + DAY - night) % DAY;
          return now + (since < long_ ? (nightly - 1) * Math.min(1, 2 * since / long_) : 0);
        });
  }

  /** Grows with each rush at once, lets go what was idle for so long, never all of it. */
  private static TrialScene idlePool(Random r) {
    TrialScene s = TrialScenes.scene(r, 8 * DAY);
    double[] load = TrialScene.traffic(r, s.values.length, between(r, 0.1, 0.6), r.nextInt(7));
    double[] w = TrialScene.wander(r, s.values.length, 30);
    double least = level(r) / 5;
    double each = least * between(r, 0.5, 10);
    double keep = Math.exp(-1 / between(r, 5, 120));
    double open = least;
    for (int i = 0; i < s.values.length; i++) {
      double asked = least + each * load[i] * Math.max(0, 1 + 0.3 * w[i]);
      open = Math.max(asked, asked + (open - asked) * keep);
      s.values[i] = Math.round(open);
    }
    return s;
  }

  private static TrialScene tiny(Random r) {
    TrialScene s =
        new TrialScene(7 * DAY, new SeriesShape(Side.HIGH, Reduce.MEDIAN, between(r, 0.5, 25)));
    double[] w = TrialScene.wander(r, s.values.length, between(r, 5, 300));
    double mean = 0.3 + 2.2 * r.nextDouble();
    for (int i = 0; i < s.values.length; i++) {
      s.values[i] = Math.max(0, Math.min(5, Math.round(mean + w[i])));
    }
    return r.nextBoolean() ? s : s.limit(between(r, 10, 1000));
  }

  static TrialScene regimes(Random r, int minutes) {
    TrialScene s = noise(r, minutes, level(r), between(r, 0.01, 0.06), 15);
    int count = 2 + r.nextInt(3);
    double[] factors = new double[count];
    for (int k = 0; k < count; k++) {
      factors[k] = between(r, 0.5, 2);
    }
    double mean = between(r, 2 * HOUR, 30 * HOUR);
    double ease = Math.exp(-1 / between(r, 1, 60));
    int now = 0;
    double level = factors[0];
    for (int i = 0; i < minutes; i++) {
      now = r.nextDouble() < 1 / mean ? r.nextInt(count) : now;
      level = factors[now] + (level - factors[now]) * ease;
      s.values[i] *= level;
    }
    return s;
  }

  static TrialScene heavy(Random r, int minutes) {
    TrialScene s = TrialScenes.scene(r, minutes);
    double[] slow = TrialScene.wander(r, minutes, between(r, 1, 200));
    double[] fast = TrialScene.wander(r, minutes, 0);
    double level = level(r);
    double sigma = between(r, 0.1, 0.8);
    for (int i = 0; i < minutes; i++) {
      s.values[i] = level * Math.exp(sigma * (0.6 * slow[i] + 0.8 * fast[i]));
    }
    return s;
  }
}
