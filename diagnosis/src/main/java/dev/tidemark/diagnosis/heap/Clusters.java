package dev.tidemark.diagnosis.heap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts growing paths together that allocate in one function, whoever called it. */
final class Clusters {
  private Clusters() {}

  static List<HeapReport.Cluster> of(List<HeapReport.PathDelta> paths) {
    GoRoot go =
        GoRoot.of(paths.stream().limit(1000).flatMap(path -> path.stack().stream()).toList());
    Map<String, List<HeapReport.PathDelta>> byFunction = new LinkedHashMap<>();
    for (HeapReport.PathDelta path : paths) {
      if (path.delta() > 0 && !path.stack().isEmpty()) {
        byFunction
            .computeIfAbsent(place(path.stack(), go).function(), key -> new ArrayList<>())
            .add(path);
      }
    }
    return byFunction.values().stream()
        .map(members -> cluster(members, go))
        .sorted(Comparator.comparingLong(HeapReport.Cluster::delta).reversed())
        .toList();
  }

  private static HeapReport.Cluster cluster(List<HeapReport.PathDelta> members, GoRoot go) {
    HeapReport.PathDelta largest = members.get(0);
    List<Frame> shared = largest.stack();
    for (HeapReport.PathDelta path : members) {
      int same = 0;
      int most = Math.min(shared.size(), path.stack().size());
      while (same < most && shared.get(same).equals(path.stack().get(same))) {
        same++;
      }
      shared = shared.subList(0, same);
    }
    return new HeapReport.Cluster(
        place(largest.stack(), go),
        members.stream().mapToLong(HeapReport.PathDelta::delta).sum(),
        objects(members),
        members.stream().map(HeapReport.PathDelta::rank).toList(),
        shared);
  }

  private static @Nullable Long objects(List<HeapReport.PathDelta> members) {
    long sum = 0;
    for (HeapReport.PathDelta path : members) {
      Long objects = path.objects();
      if (objects == null) {
        return null;
      }
      sum += objects;
    }
    return sum;
  }

  private static Frame place(List<Frame> stack, GoRoot go) {
    return stack.stream().filter(frame -> !go.holds(frame)).findFirst().orElse(stack.get(0));
  }
}
