package dev.tidemark.diagnosis.heap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins paths of nodes that run different builds: of another Go, in another folder, of another
 * release. They call the same functions, but their files and lines differ. Two paths that one
 * profile holds both are two places of the program, and stay apart.
 */
final class Builds {
  private Builds() {}

  /** Each path once, whatever build it is of; paths given are not changed. */
  static List<PathSum> joined(Collection<PathSum> paths, Frames frames) {
    Map<List<Integer>, List<PathSum>> byFunctions = new LinkedHashMap<>();
    for (PathSum path : paths) {
      byFunctions.computeIfAbsent(functions(path, frames), key -> new ArrayList<>()).add(path);
    }
    List<PathSum> joined = new ArrayList<>(byFunctions.size());
    for (List<PathSum> same : byFunctions.values()) {
      if (same.size() == 1) {
        joined.add(same.get(0));
      } else if (areOne(same)) {
        joined.add(sum(same).countedByFunctions());
      } else {
        bySource(same, frames).forEach(part -> part(part, joined));
      }
    }
    return joined;
  }

  private static void part(List<PathSum> paths, List<PathSum> joined) {
    if (areOne(paths)) {
      joined.add(sum(paths));
    } else {
      joined.addAll(paths);
    }
  }

  /** Those whose frames outside of Go's own code are the very same, together. */
  private static Collection<List<PathSum>> bySource(List<PathSum> paths, Frames frames) {
    List<Frame> all = new ArrayList<>();
    for (PathSum path : paths) {
      for (int frame : path.frames()) {
        all.add(frames.frame(frame));
      }
    }
    GoRoot go = GoRoot.of(all);
    Map<List<Object>, List<PathSum>> bySource = new LinkedHashMap<>();
    for (PathSum path : paths) {
      List<Object> source = new ArrayList<>();
      for (int frame : path.frames()) {
        Frame place = frames.frame(frame);
        source.add(go.holds(place) ? place.function() : place);
      }
      bySource.computeIfAbsent(source, key -> new ArrayList<>()).add(path);
    }
    return bySource.values();
  }

  private static List<Integer> functions(PathSum path, Frames frames) {
    List<Integer> functions = new ArrayList<>(path.size());
    for (int frame : path.frames()) {
      functions.add(frames.node(frame));
    }
    return functions;
  }

  private static boolean areOne(List<PathSum> paths) {
    PathSum seen = paths.get(0).copy();
    for (PathSum path : paths.subList(1, paths.size())) {
      if (!seen.isElsewhere(path)) {
        return false;
      }
      seen.merge(path);
    }
    return true;
  }

  /** The sum, with the files and lines of the build that grew most. */
  private static PathSum sum(List<PathSum> paths) {
    if (paths.size() == 1) {
      return paths.get(0);
    }
    List<PathSum> ordered =
        paths.stream()
            .sorted(
                Comparator.comparingLong(PathSum::delta)
                    .reversed()
                    .thenComparing(PathSum::frames, java.util.Arrays::compare))
            .toList();
    PathSum sum = ordered.get(0).copy();
    ordered.subList(1, ordered.size()).forEach(sum::merge);
    return sum;
  }
}
