package dev.tidemark.diagnosis.hprof;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sums up by which ways objects of some classes are held: ways through the same classes are one.
 */
final class HeldPaths {
  private static final int PATHS_OF_A_CLASS = 3;

  /** Distinct ways kept; beyond that only known ones are counted. */
  private static final int MOST_WAYS = 200_000;

  /** Of a longer way the part next to the object is shown. */
  private static final int LONGEST = 200;

  private final ObjectGraph graph;
  private final HprofSource source;

  /** Ways of a class: how many objects, now and before, and one of them. */
  private static final class Way {
    private final int example;
    private final long before;
    private long objects;

    Way(int example, long before) {
      this.example = example;
      this.before = before;
    }

    long gained() {
      return objects - before;
    }
  }

  /** How many objects each way holds, by the numbers of {@link ObjectGraph#way}. */
  static Map<Long, Long> counts(ObjectGraph graph, Set<String> classes) {
    Map<Long, Long> counts = new HashMap<>();
    for (int rank = 0; rank < graph.reached(); rank++) {
      int object = graph.nearest(rank);
      if (classes.contains(graph.name(object))
          && (counts.size() < MOST_WAYS || counts.containsKey(graph.way(object)))) {
        counts.merge(graph.way(object), 1L, Long::sum);
      }
    }
    return counts;
  }

  HeldPaths(ObjectGraph graph, HprofSource source) {
    this.graph = graph;
    this.source = source;
  }

  /**
   * The ways that hold most more than before.
   *
   * @param before what {@link #counts} were in the other dump
   */
  List<HprofReport.HeldBy> of(List<String> classes, Map<Long, Long> before) throws IOException {
    Set<String> wanted = new HashSet<>(classes);
    Map<String, Map<Long, Way>> ways = new HashMap<>();
    Map<String, Long> reached = new HashMap<>();
    int kept = 0;
    for (int rank = 0; rank < graph.reached(); rank++) {
      int object = graph.nearest(rank); // so that the example of a way is a short one
      String name = graph.name(object);
      if (!wanted.contains(name)) {
        continue;
      }
      reached.merge(name, 1L, Long::sum);
      Map<Long, Way> known = ways.computeIfAbsent(name, key -> new HashMap<>());
      long signature = graph.way(object);
      Way way = known.get(signature);
      if (way == null && kept < MOST_WAYS) {
        kept++;
        way = new Way(object, before.getOrDefault(signature, 0L));
        known.put(signature, way);
      }
      if (way != null) {
        way.objects++;
      }
    }
    List<HprofReport.HeldBy> held = new ArrayList<>();
    Map<Long, Map<Long, String>> fields = new HashMap<>();
    List<Way> chosen = new ArrayList<>();
    for (String name : classes) {
      ways.getOrDefault(name, Map.of()).values().stream()
          .sorted(
              Comparator.comparingLong(Way::gained)
                  .thenComparingLong(way -> way.objects)
                  .reversed())
          .limit(PATHS_OF_A_CLASS)
          .forEach(chosen::add);
    }
    chosen.forEach(way -> wantFields(chain(way.example), fields));
    nameFields(fields);
    for (Way way : chosen) {
      String name = graph.name(way.example);
      held.add(
          new HprofReport.HeldBy(
              name,
              way.objects,
              way.gained(),
              (double) way.objects / reached.getOrDefault(name, 1L),
              steps(chain(way.example), fields)));
    }
    return held;
  }

  /** From the root to the object. */
  private List<Integer> chain(int object) {
    List<Integer> chain = new ArrayList<>();
    for (int at = object; at >= 0 && chain.size() < LONGEST; at = graph.parent(at)) {
      chain.add(at);
    }
    Collections.reverse(chain);
    return chain;
  }

  private void wantFields(List<Integer> chain, Map<Long, Map<Long, String>> fields) {
    for (int i = 0; i + 1 < chain.size(); i++) {
      fields
          .computeIfAbsent(graph.id(chain.get(i)), key -> new HashMap<>())
          .put(graph.id(chain.get(i + 1)), "");
    }
  }

  private void nameFields(Map<Long, Map<Long, String>> fields) throws IOException {
    if (fields.isEmpty()) {
      return;
    }
    ClassTable table = graph.table();
    HprofSink naming =
        new HprofSink() {
          @Override
          public void classDump(ClassShape shape) {
            Map<Long, String> wanted = fields.get(shape.id());
            for (int i = 0; wanted != null && i < shape.statics().length; i += 2) {
              wanted.replace(shape.statics()[i + 1], "", table.text(shape.statics()[i]));
            }
          }

          @Override
          public void instance(long id, long classId, byte[] bytes, int length) throws IOException {
            Map<Long, String> wanted = fields.get(id);
            if (wanted != null) {
              table.references(
                  classId, bytes, length, (name, to) -> wanted.replace(to, "", table.text(name)));
            }
          }

          @Override
          public void objectArray(long id, long classId, int length) {
            Map<Long, String> wanted = fields.get(id);
            if (wanted != null) {
              wanted.replaceAll((to, field) -> "[]");
            }
          }
        };
    try (InputStream in = source.open()) {
      boolean unused = new HprofReader(in).read(naming);
    }
  }

  private List<HprofReport.Step> steps(List<Integer> chain, Map<Long, Map<Long, String>> fields) {
    List<HprofReport.Step> steps = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      int object = chain.get(i);
      boolean isClass = graph.isClass(object);
      String name = isClass ? graph.table().name(graph.id(object)) : graph.name(object);
      String field = null;
      if (i + 1 < chain.size()) {
        String found =
            fields.getOrDefault(graph.id(object), Map.of()).get(graph.id(chain.get(i + 1)));
        field = found == null || found.isEmpty() ? null : found;
      }
      HprofReport.Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
      if (last != null && last.name().equals(name) && !isClass && i + 1 < chain.size()) {
        steps.set(
            steps.size() - 1,
            new HprofReport.Step(
                name, false, field == null ? last.field() : field, last.repeated() + 1));
      } else {
        steps.add(new HprofReport.Step(name, isClass, field, 1));
      }
    }
    return steps;
  }
}
