package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.rules.rule.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parts recording rules into stages that read only what stages before them recorded. */
final class Stages {
  private Stages() {}

  /**
   * @param recordings in the order of their group: none reads one behind it
   */
  static List<List<Recording>> of(List<Recording> recordings) {
    Map<String, Integer> depths = new HashMap<>();
    List<List<Recording>> stages = new ArrayList<>();
    for (Recording recording : recordings) {
      String expr = recording.expr().toString();
      // a name that another begins with only makes it stand a stage too late
      int depth =
          depths.entrySet().stream()
              .filter(before -> expr.contains(before.getKey()))
              .mapToInt(before -> before.getValue() + 1)
              .max()
              .orElse(0);
      depths.put(recording.record(), depth);
      while (stages.size() <= depth) {
        stages.add(new ArrayList<>());
      }
      stages.get(depth).add(recording);
    }
    return stages;
  }
}
