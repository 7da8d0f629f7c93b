package dev.tidemark.e2e.corpus.table;

import dev.tidemark.e2e.corpus.data.Target;
import dev.tidemark.engine.forecast.Forecast;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Snapshot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares forecasts of healthy series with what came, and with two anybody can make: it stays, and
 * Prometheus' {@code predict_linear} over an hour. All three are asked at the same moments: those
 * at which there is a forecast and the same process lives until it comes due.
 */
final class ForecastWatcher implements Watcher {
  static final List<Duration> HORIZONS = List.of(Duration.ofMinutes(5), Duration.ofMinutes(30));
  static final List<String> SIGNALS = List.of("goroutines", "rss");

  private static final long LINE_MILLIS = 3_600_000;

  /** Less than this says nothing of a line. */
  private static final int LINE_SAMPLES = 10;

  /** Sums of how far off each was. */
  static final class Errors {
    int count;
    double ours;
    double last;
    double line;

    private void add(double our, double stays, double straight) {
      count++;
      ours += Math.abs(our);
      last += Math.abs(stays);
      line += Math.abs(straight);
    }
  }

  /** Which forecasts are summed up together; an empty behaviour stands for all. */
  record Group(String behaviour, String signal, Duration horizon) implements Comparable<Group> {
    @Override
    public int compareTo(Group other) {
      return toString().compareTo(other.toString());
    }
  }

  private record Said(
      long due, Duration horizon, long start, double ours, double last, double line) {}

  private record Point(long time, double value) {}

  private static final class Track {
    final Deque<Point> hour = new ArrayDeque<>();
    final Map<Duration, Deque<Said>> said = new HashMap<>();
    long start;
  }

  private final Map<String, Target> targets;
  private final Map<String, Track> tracks = new HashMap<>();
  private final Map<Group, Errors> errors = new TreeMap<>();

  /**
   * @param targets by pod
   */
  ForecastWatcher(Map<String, Target> targets) {
    this.targets = targets;
  }

  @Override
  public void judged(Snapshot snapshot) {
    long slot = snapshot.slot();
    for (SeriesView view : snapshot.series()) {
      Target target = targets.get(view.labels().getOrDefault("pod", ""));
      if (target != null
          && SIGNALS.contains(view.signal().id())
          && view.judgement().timeMillis() == slot
          && isHealthy(target, slot)) {
        judged(slot, view, target);
      }
    }
  }

  private static boolean isHealthy(Target target, long slot) {
    return target.leak() == null || slot < target.leak().start() * 1000;
  }

  private void judged(long slot, SeriesView view, Target target) {
    Track track =
        tracks.computeIfAbsent(view.signal().id() + ' ' + view.target(), t -> new Track());
    double value = view.judgement().value();
    if (track.start != view.startMillis()) {
      track.start = view.startMillis();
      track.hour.clear();
    }
    track.hour.addLast(new Point(slot, value));
    while (track.hour.getFirst().time() <= slot - LINE_MILLIS) {
      track.hour.removeFirst();
    }
    for (Deque<Said> said : track.said.values()) {
      while (!said.isEmpty() && said.getFirst().due() <= slot) {
        Said due = said.removeFirst();
        if (due.due() == slot && due.start() == view.startMillis()) {
          count(target.behaviour(), view.signal().id(), due, value);
        }
      }
    }
    for (Forecast forecast : view.beside().forecasts()) {
      if (!Double.isNaN(forecast.value()) && track.hour.size() >= LINE_SAMPLES) {
        track
            .said
            .computeIfAbsent(forecast.horizon(), h -> new ArrayDeque<>())
            .addLast(said(slot, view, forecast, track.hour));
      }
    }
  }

  private static Said said(long slot, SeriesView view, Forecast forecast, Deque<Point> hour) {
    long ahead = forecast.horizon().toMillis();
    return new Said(
        slot + ahead,
        forecast.horizon(),
        view.startMillis(),
        forecast.value(),
        view.judgement().value(),
        line(hour, slot, ahead));
  }

  /** The least squares line through the samples, at a time ahead of the last. */
  static double line(Deque<Point> hour, long now, long ahead) {
    double meanTime = 0;
    double meanValue = 0;
    for (Point point : hour) {
      meanTime += (point.time() - now) / (double) hour.size();
      meanValue += point.value() / hour.size();
    }
    double covariance = 0;
    double variance = 0;
    for (Point point : hour) {
      double time = point.time() - now - meanTime;
      covariance += time * (point.value() - meanValue);
      variance += time * time;
    }
    return meanValue + covariance / variance * (ahead - meanTime);
  }

  private void count(String behaviour, String signal, Said said, double value) {
    for (String group : List.of(behaviour, "")) {
      errors
          .computeIfAbsent(new Group(group, signal, said.horizon()), g -> new Errors())
          .add(said.ours() - value, said.last() - value, said.line() - value);
    }
  }

  Map<Group, Errors> errors() {
    return errors;
  }
}
