package dev.tidemark.e2e.corpus.table;

import dev.tidemark.e2e.corpus.data.Leak;
import dev.tidemark.e2e.corpus.data.Target;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.TargetView;
import dev.tidemark.exporter.health.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hears which troubles targets are said to have, and how well the health score, any trouble, and
 * the highest leak state tell sick days of a target from healthy ones.
 */
final class HealthWatcher implements Watcher {
  private static final long DAY_MILLIS = 86_400_000;

  /** Facts are looked up every tenth minute; a trouble is the same one if seen again by then. */
  private static final double LOOKBACK = 600;

  private record Day(String pod, long day, boolean sick) {}

  /** What was said of a target on one day, in the mean. */
  static final class Means {
    private int count;
    private double unhealthy;
    private double trouble;
    private double leakState;

    double unhealthy() {
      return unhealthy / count;
    }

    double trouble() {
      return trouble / count;
    }

    double leakState() {
      return leakState / count;
    }
  }

  private final Map<String, Target> targets;
  private final Tracer troubles = new Tracer(0, LOOKBACK);
  private final Map<Day, Means> days = new LinkedHashMap<>();

  /**
   * @param targets by pod
   */
  HealthWatcher(Map<String, Target> targets) {
    this.targets = targets;
  }

  @Override
  public void judged(Snapshot snapshot) {
    long slot = snapshot.slot();
    Map<String, Integer> leakStates = new HashMap<>();
    for (SeriesView view : snapshot.series()) {
      if (view.judgement().timeMillis() == slot) {
        leakStates.merge(view.target(), view.judgement().leakState().code(), Math::max);
      }
    }
    for (TargetView view : snapshot.health().targets()) {
      Integer leakState = leakStates.get(view.target());
      Target target = targets.get(view.labels().getOrDefault("pod", ""));
      if (leakState != null && target != null) {
        judged(slot, view, target, leakState);
      }
    }
  }

  private void judged(long slot, TargetView view, Target target, int leakState) {
    double time = slot / 1000.0;
    boolean any = false;
    for (Finding finding : view.findings()) {
      if (finding.isTrue()) {
        any = true;
        troubles.holds(target.pod(), finding.trouble().label(), time);
      }
    }
    Leak leak = target.leak();
    boolean sick = leak != null && time >= (leak.start() + leak.end()) / 2 && time <= leak.end();
    boolean healthy = leak == null || time < leak.start();
    if (sick || healthy) {
      Means means =
          days.computeIfAbsent(
              new Day(target.pod(), Math.floorDiv(slot, DAY_MILLIS), sick), d -> new Means());
      means.count++;
      means.unhealthy += 100 - view.score().score();
      means.trouble += any ? 1 : 0;
      means.leakState += leakState;
    }
  }

  /** The class stands as the signal. */
  List<Episode> troubles() {
    return troubles.episodes();
  }

  List<Means> days(boolean sick) {
    List<Means> found = new ArrayList<>();
    days.forEach(
        (day, means) -> {
          if (day.sick() == sick) {
            found.add(means);
          }
        });
    return found;
  }
}
