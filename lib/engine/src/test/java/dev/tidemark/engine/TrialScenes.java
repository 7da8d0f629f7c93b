package dev.tidemark.engine;

import static dev.tidemark.engine.TrialScene.DAY;
import static dev.tidemark.engine.TrialScene.HOUR;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** The kinds of the trial, each a function of a seeded random. */
final class TrialScenes {
  private TrialScenes() {}

  private static SeriesShape shape(Random r) {
    return new SeriesShape(Side.HIGH, r.nextBoolean() ? Reduce.TROUGH : Reduce.MEDIAN, 25);
  }

  static double level(Random r) {
    return 100 * Math.exp(4 * r.nextDouble());
  }

  static double between(Random r, double low, double high) {
    return low * Math.exp(r.nextDouble() * Math.log(high / low));
  }

  static TrialScene scene(Random r, int minutes) {
    return new TrialScene(minutes, shape(r));
  }

  /** A limit 1.3 to 10 times the highest healthy value, none for one in five. */
  static TrialScene limited(Random r, TrialScene scene) {
    double max = 0;
    for (double v : scene.values) {
      max = Double.isNaN(v) ? max : Math.max(max, v);
    }
    double limit = max * between(r, 1.3, 10);
    return r.nextInt(5) == 0 ? scene : scene.limit(limit);
  }

  static TrialScene noise(Random r, int minutes, double level, double sd, double tau) {
    TrialScene s = scene(r, minutes);
    double[] w = TrialScene.wander(r, minutes, tau);
    for (int i = 0; i < minutes; i++) {
      s.values[i] = Math.max(0, level * (1 + sd * w[i]));
    }
    return s;
  }

  static TrialScene daily(Random r, int minutes) {
    TrialScene s = noise(r, minutes, 1, between(r, 0.01, 0.06), r.nextBoolean() ? 0 : 20);
    double[] t = TrialScene.traffic(r, minutes, between(r, 0.2, 0.8), r.nextInt(7));
    double peak = level(r);
    for (int i = 0; i < minutes; i++) {
      s.values[i] *= peak * t[i];
    }
    return s;
  }

  static TrialScene times(TrialScene s, DoubleUnaryOperator factor) {
    for (int i = 0; i < s.values.length; i++) {
      s.values[i] *= factor.applyAsDouble(i);
    }
    return s;
  }

  /** What must stay quiet. */
  static Map<String, Function<Random, TrialScene>> healthy() {
    Map<String, Function<Random, TrialScene>> kinds = new LinkedHashMap<>();
    kinds.put("flat", r -> limited(r, noise(r, 3 * DAY, level(r), 0, 0)));
    kinds.put(
        "white noise", r -> limited(r, noise(r, 8 * DAY, level(r), between(r, 0.01, 0.2), 0)));
    for (int tau : new int[] {10, 60, 240, 1440}) {
      kinds.put(
          "wander " + tau + " min",
          r -> limited(r, noise(r, 10 * DAY, level(r), between(r, 0.04, 0.16), tau)));
    }
    kinds.put(
        "wander 60 min, first 2 days",
        r -> limited(r, noise(r, 2 * DAY, level(r), between(r, 0.04, 0.16), 60)));
    kinds.put("daily rhythm", r -> limited(r, daily(r, 14 * DAY)));
    kinds.put("daily rhythm, first 2 days", r -> limited(r, daily(r, 2 * DAY)));
    kinds.put(
        "daily rhythm with a wander",
        r -> {
          TrialScene s = daily(r, 10 * DAY);
          double[] w = TrialScene.wander(r, s.values.length, 60);
          double sd = between(r, 0.02, 0.08);
          return limited(r, times(s, i -> 1 + sd * w[(int) i]));
        });
    kinds.put(
        "traffic step",
        r -> {
          TrialScene s =
              r.nextBoolean() ? daily(r, 8 * DAY) : noise(r, 8 * DAY, level(r), 0.03, 10);
          int at = (int) (DAY * (1 + 5 * r.nextDouble()));
          double by = between(r, 1.2, 2.5);
          int ramp = 1 + r.nextInt(30);
          return limited(
              r, times(s, i -> 1 + (by - 1) * Math.max(0, Math.min(1, (i - at) / ramp))));
        });
    kinds.put(
        "deploys with another level",
        r -> {
          TrialScene s = noise(r, 10 * DAY, level(r), between(r, 0.01, 0.05), r.nextInt(3) * 30);
          for (int at = DAY; at < s.values.length; at += (int) (DAY * (0.5 + 2 * r.nextDouble()))) {
            int from = at;
            double by = 0.8 + 0.5 * r.nextDouble();
            double tau = between(r, 1, 120);
            s.startedAt(at, at);
            times(s, i -> i < from ? 1 : by * (1 - 0.6 * Math.exp(-(i - from) / tau)));
          }
          return limited(r, s);
        });
    for (int tau : new int[] {10, 60, 240, 720}) {
      kinds.put(
          "cache warming, tau " + tau + " min, from its birth",
          r -> {
            TrialScene s = noise(r, 3 * DAY, level(r), between(r, 0.005, 0.03), r.nextInt(2) * 20);
            double base = 0.1 + 0.4 * r.nextDouble();
            s.startedAt(0, 0);
            return limited(r, times(s, i -> 1 - (1 - base) * Math.exp(-i / tau)));
          });
      kinds.put(
          "cache warming, tau " + tau + " min, to a higher level after 3 days",
          r -> {
            TrialScene s = noise(r, 6 * DAY, level(r), between(r, 0.005, 0.03), r.nextInt(2) * 20);
            double by = between(r, 1.2, 2.5);
            s.startedAt(3 * DAY, 3 * DAY);
            return limited(
                r,
                times(s, i -> i < 3 * DAY ? 1 : by * (1 - 0.7 * Math.exp(-(i - 3 * DAY) / tau))));
          });
    }
    kinds.put("pool growing in steps to a plateau, from its birth", r -> pool(r, 0));
    kinds.put("pool growing in steps to a plateau, after 3 days", r -> pool(r, 3 * DAY));
    kinds.put(
        "sawtooth heap",
        r -> {
          TrialScene s = scene(r, 6 * DAY);
          double live = level(r);
          double[] w = TrialScene.wander(r, s.values.length, 120);
          double[] load = TrialScene.traffic(r, s.values.length, between(r, 0.3, 1), r.nextInt(7));
          double period = between(r, 2, 180);
          double phase = 0;
          double wander = between(r, 0.01, 0.05);
          for (int i = 0; i < s.values.length; i++) {
            phase += load[i] / period;
            phase -= Math.floor(phase);
            double base = live * (1 + wander * w[i]) * (0.8 + 0.2 * load[i]);
            s.values[i] = base * (1 + phase);
          }
          return limited(r, s);
        });
    kinds.put(
        "low counts",
        r -> {
          TrialScene s = scene(r, 7 * DAY);
          double[] w = TrialScene.wander(r, s.values.length, 90);
          double level = between(r, 5, 40);
          for (int i = 0; i < s.values.length; i++) {
            s.values[i] = Math.max(1, Math.round(level + Math.sqrt(level) * w[i]));
          }
          return s.limit(10_000);
        });
    kinds.put(
        "gaps and restarts",
        r -> {
          TrialScene s = daily(r, 8 * DAY);
          for (int at = 0; at < s.values.length; at += (int) (DAY * r.nextDouble())) {
            if (r.nextBoolean()) {
              s.startedAt(at, at);
            } else {
              java.util.Arrays.fill(
                  s.values,
                  at,
                  Math.min(s.values.length, at + 2 + r.nextInt(4 * HOUR)),
                  Double.NaN);
            }
            at++;
          }
          return limited(r, s);
        });
    kinds.put(
        "batch jobs now and then",
        r -> {
          TrialScene s = noise(r, 10 * DAY, level(r), 0.03, 10);
          for (int at = r.nextInt(DAY);
              at < s.values.length;
              at += (int) (DAY * 1.5 * r.nextDouble()) + 1) {
            int from = at;
            int length = 20 + r.nextInt(4 * HOUR);
            double by = between(r, 1.2, 2);
            times(
                s,
                i ->
                    i >= from && i < from + length
                        ? 1 + (by - 1) * Math.min(1, (i - from) / (0.7 * length))
                        : 1);
          }
          return limited(r, s);
        });
    kinds.put(
        "growing business, 2 % a week",
        r -> {
          TrialScene s = daily(r, 21 * DAY);
          return limited(r, times(s, i -> 1 + 0.02 * i / (7 * DAY)));
        });
    return kinds;
  }

  private static TrialScene pool(Random r, int from) {
    TrialScene s = noise(r, from + 4 * DAY, level(r), between(r, 0.003, 0.02), 10);
    int steps = 3 + r.nextInt(8);
    double length = between(r, HOUR, 12 * HOUR);
    double by = between(r, 1.3, 5);
    double[] at = new double[steps];
    for (int k = 0; k < steps; k++) {
      at[k] = from + length * Math.pow((k + r.nextDouble()) / steps, 1.3);
    }
    if (from == 0) {
      s.startedAt(0, 0);
    }
    times(
        s,
        i -> {
          int n = 0;
          for (double step : at) {
            n += i >= step ? 1 : 0;
          }
          return 1 + (by - 1) * n / steps;
        });
    return limited(r, s);
  }

  /** What must be found by half of its time to the limit. */
  static Map<String, Function<Random, TrialScene>> leaks() {
    Map<String, Function<Random, TrialScene>> kinds = new LinkedHashMap<>();
    DoubleUnaryOperator line = x -> x;
    for (double hours : new double[] {1, 2, 5, 12, 36, 96, 240, 700}) {
      String length = hours < 48 ? hours + " h" : hours / 24 + " d";
      kinds.put(
          "from its birth, " + length,
          r -> {
            TrialScene s =
                noise(r, span(hours, 0), level(r), between(r, 0.005, 0.03), r.nextInt(2) * 10);
            s.startedAt(0, 0);
            return leak(r, s, 0, hours, line);
          });
      kinds.put(
          "after days of noise, " + length,
          r -> {
            TrialScene s =
                noise(r, span(hours, 3), level(r), between(r, 0.005, 0.06), r.nextInt(2) * 20);
            return leak(r, s, 3 * DAY, hours, line);
          });
      kinds.put(
          "on a daily rhythm after 4 days, " + length,
          r -> {
            TrialScene s = daily(r, span(hours, 5));
            return leak(r, s, 4 * DAY + r.nextInt(DAY), hours, line);
          });
    }
    for (double hours : new double[] {3, 24, 96}) {
      String length = hours < 48 ? hours + " h" : hours / 24 + " d";
      kinds.put(
          "after a deploy, " + length,
          r -> {
            TrialScene s = noise(r, span(hours, 3), level(r), between(r, 0.005, 0.04), 10);
            s.startedAt(3 * DAY, 3 * DAY);
            return leak(r, s, 3 * DAY, hours, line);
          });
      kinds.put(
          "accelerating, " + length,
          r -> {
            TrialScene s = noise(r, span(hours, 3), level(r), between(r, 0.005, 0.04), 10);
            return leak(r, s, 3 * DAY, hours, x -> x < 0 ? 0 : 0.4 * x + 0.6 * x * x);
          });
      kinds.put(
          "in steps, " + length,
          r -> {
            TrialScene s = noise(r, span(hours, 3), level(r), between(r, 0.005, 0.03), 10);
            int steps = 15 + r.nextInt(40);
            return leak(r, s, 3 * DAY, hours, x -> Math.floor(x * steps) / steps);
          });
      kinds.put(
          "on a wander of 60 min, " + length,
          r -> {
            TrialScene s = noise(r, span(hours, 4), level(r), between(r, 0.03, 0.1), 60);
            return leak(r, s, 4 * DAY, hours, line);
          });
      kinds.put(
          "sawtooth heap, " + length,
          r -> {
            TrialScene s = scene(r, span(hours, 3));
            double live = level(r);
            double period = between(r, 2, 20);
            for (int i = 0; i < s.values.length; i++) {
              double phase = i / period - Math.floor(i / period);
              s.values[i] = live * (1 + 0.01 * r.nextGaussian()) * (1 + 0.6 * phase);
            }
            return leak(r, s, 3 * DAY, hours, line);
          });
    }
    kinds.put(
        "coupled with the load, 4 d",
        r -> {
          TrialScene s = daily(r, span(96, 5));
          double[] sum = new double[s.values.length + 1];
          for (int i = 4 * DAY; i < s.values.length; i++) {
            sum[i + 1] = sum[i] + s.values[i];
          }
          int dies = 4 * DAY + 96 * HOUR;
          return leak(
              r,
              s,
              4 * DAY,
              96,
              x ->
                  sum[(int) Math.min(s.values.length, 4 * DAY + x * 96 * HOUR)]
                      / sum[Math.min(dies, s.values.length)]);
        });
    kinds.put(
        "in a restart loop, 3 h a life",
        r -> {
          TrialScene s = noise(r, DAY + 12 * HOUR, level(r), 0.02, 10);
          double height = 0;
          for (double v : s.values) {
            height = Math.max(height, v);
          }
          height *= between(r, 0.5, 4);
          for (int i = DAY; i < s.values.length; i++) {
            int life = (i - DAY) % (3 * HOUR);
            if (life == 0) {
              s.startedAt(i, i);
            }
            s.values[i] += height * life / (3 * HOUR);
          }
          s.leaksFrom = DAY;
          s.dies = DAY + 3 * HOUR;
          s.limit(s.values[DAY - 1] + height);
          return s;
        });
    return kinds;
  }

  static int span(double hours, int days) {
    return (int) (days * DAY + hours * HOUR);
  }

  /** The limit is 1.3 to 10 times the highest healthy value. */
  static TrialScene leak(
      Random r, TrialScene s, int from, double hours, DoubleUnaryOperator shape) {
    double max = 0;
    double mean = 0;
    for (double v : s.values) {
      max = Math.max(max, v);
      mean += v / s.values.length;
    }
    double limit = max * between(r, 1.3, 10);
    s.limit(limit);
    return s.leak(from, (int) (from + hours * HOUR), shape, limit - mean);
  }
}
