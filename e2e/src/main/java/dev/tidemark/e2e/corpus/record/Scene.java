package dev.tidemark.e2e.corpus.record;

import dev.tidemark.e2e.corpus.data.Leak;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a behaviour is laid out with.
 *
 * @param workload its name
 * @param hours of the recording
 */
record Scene(String workload, double hours, Draw draw) {
  /**
   * A service with a level, a daily wave and noise; most behaviours are this and one thing more.
   */
  Flags usual() {
    return quiet()
        .with("traffic", "swing", draw.between(0.1, 0.45))
        .with("traffic", "peak", draw.between(10, 20))
        .with("traffic", "noise", draw.between(0.02, 0.08));
  }

  /** A level that never changes. */
  Flags quiet() {
    return new Flags()
        .with("traffic", "level", draw.evenlyInLog(40, 400))
        .with("memory", "mb", draw.between(3, 10))
        .with("memory", "request-kb", draw.between(2, 10))
        .with("memory", "forced-gc", draw.coin() ? 10 : 0)
        .with("pool", "idle", draw.count(5, 40))
        .plain("alloc", draw.evenlyInLog(5e5, 2e6))
        .plain("mix", draw.between(0.1, 0.9));
  }

  /** One pod that runs all the time. */
  List<Pod> one(Flags flags) {
    return List.of(pod(podName(draw.hash(9)), flags, Pod.forEver(), null));
  }

  /** One pod of a StatefulSet, which keeps its name when its process starts again. */
  List<Pod> restarted(Flags flags, List<Double> at) {
    List<Pod.Run> runs = new ArrayList<>();
    double from = 0;
    for (double hour : at) {
      runs.add(new Pod.Run(from, hour));
      from = hour + 0.02;
    }
    runs.add(new Pod.Run(from, Double.POSITIVE_INFINITY));
    return List.of(pod(workload + "-0", flags, runs, null));
  }

  String podName(String replicaSet) {
    return workload + "-" + replicaSet + "-" + draw.hash(5);
  }

  Pod pod(String name, Flags flags, List<Pod.Run> runs, @Nullable Leak leak) {
    return new Pod(name, workload, runs, flags.words(), leak);
  }
}
