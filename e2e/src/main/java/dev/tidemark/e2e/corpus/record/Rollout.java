package dev.tidemark.e2e.corpus.record;

import java.util.ArrayList;
import java.util.List;

/** Pods of a Deployment that come and go under new names. */
record Rollout(Scene scene, int replicas) {
  private static final double MINUTES = 1 / 60.0;

  /** Every day at about the same hour a new version replaces the pods one by one. */
  List<Pod> daily(Flags flags) {
    List<Pod> pods = new ArrayList<>();
    double deploy = scene.draw().between(8, 18);
    double[] from = new double[replicas];
    for (double day = 0; ; day += 24) {
      String replicaSet = scene.draw().hash(9);
      boolean last = day + deploy >= scene.hours();
      for (int i = 0; i < replicas; i++) {
        double until = last ? Double.POSITIVE_INFINITY : day + deploy + (i + 1) * 3 * MINUTES;
        pods.add(
            scene.pod(
                scene.podName(replicaSet), flags, List.of(new Pod.Run(from[i], until)), null));
        from[i] = until - MINUTES;
      }
      if (last) {
        return pods;
      }
    }
  }

  /** The replicas stay; each morning as many more come, and each evening they go. */
  List<Pod> withHelpersByDay(Flags flags) {
    List<Pod> pods = new ArrayList<>();
    String replicaSet = scene.draw().hash(9);
    for (int i = 0; i < replicas; i++) {
      pods.add(scene.pod(scene.podName(replicaSet), flags, Pod.forEver(), null));
    }
    for (double day = 0; day < scene.hours(); day += 24) {
      for (int i = 0; i < replicas; i++) {
        double from = day + scene.draw().between(7, 10);
        double until = day + scene.draw().between(17, 21);
        if (from < scene.hours()) {
          pods.add(
              scene.pod(scene.podName(replicaSet), flags, List.of(new Pod.Run(from, until)), null));
        }
      }
    }
    return pods;
  }
}
