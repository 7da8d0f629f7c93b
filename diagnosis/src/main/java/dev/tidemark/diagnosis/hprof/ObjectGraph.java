package dev.tidemark.diagnosis.hprof;

import dev.tidemark.diagnosis.input.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which object refers to which, in 28 bytes an object and 4 a reference; and from where each is
 * reached first, by breadth from the roots. Every class counts as a root, so that what a static
 * field holds is told by that field.
 */
final class ObjectGraph {
  private static final int UNREACHED = -1;
  private static final int ROOT = -2;

  private final ClassTable table;
  private final long[] ids;
  private final int[] kinds;
  private int[] starts;
  private int[] degrees;
  private final int[] parents;
  private int[] order = {};
  private long[] ways = {};
  private int reached;
  private IntChunks edges = new IntChunks();
  private final List<Long> roots = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<Long, Integer> kindOfClass = new HashMap<>();

  private ObjectGraph(ClassTable table, long[] ids) {
    this.table = table;
    this.ids = ids;
    this.kinds = new int[ids.length];
    this.starts = new int[ids.length];
    this.degrees = new int[ids.length];
    this.parents = new int[ids.length];
  }

  /** Bytes of heap that the graph of a dump takes. */
  static long memory(ClassTable table) {
    return 32 * table.objects() + 4 * table.references();
  }

  static ObjectGraph of(HprofSource source, ClassTable table) throws IOException {
    if (table.objects() > Integer.MAX_VALUE - 8 || table.references() > Integer.MAX_VALUE - 8) {
      throw BadInputException.wrongFile("has more than 2^31 objects or references", "fewer");
    }
    Ids collected = new Ids((int) table.objects());
    pass(source, collected);
    ObjectGraph graph = new ObjectGraph(table, collected.sorted());
    graph.roots.addAll(collected.roots);
    for (int type = 0; type < 12; type++) {
      graph.names.add(type < 4 ? "?" : ClassNames.primitiveArray(type));
    }
    pass(source, graph.new Linking());
    graph.reach();
    return graph;
  }

  private static void pass(HprofSource source, HprofSink sink) throws IOException {
    try (InputStream in = source.open()) {
      boolean unused = new HprofReader(in).read(sink);
    }
  }

  /** The second pass: ids of all objects. */
  private static final class Ids implements HprofSink {
    private final long[] ids;
    private final List<Long> roots = new ArrayList<>();
    private int size;

    Ids(int objects) {
      this.ids = new long[objects];
    }

    private void add(long id) {
      if (size < ids.length) {
        ids[size++] = id;
      }
    }

    @Override
    public void root(long id) throws IOException {
      if (roots.size() > 50_000_000) {
        throw BadInputException.wrongFile("has more than 50000000 roots", "fewer");
      }
      roots.add(id);
    }

    @Override
    public void classDump(ClassShape shape) {
      add(shape.id());
    }

    @Override
    public void instance(long id, long classId, byte[] fields, int length) {
      add(id);
    }

    @Override
    public void objectArray(long id, long classId, int length) {
      add(id);
    }

    @Override
    public void primitiveArray(long id, int type, int length) {
      add(id);
    }

    long[] sorted() {
      Arrays.sort(ids, 0, size);
      int distinct = 0;
      for (int i = 0; i < size; i++) {
        if (i == 0 || ids[i] != ids[i - 1]) {
          ids[distinct++] = ids[i];
        }
      }
      return distinct == ids.length ? ids : Arrays.copyOf(ids, distinct);
    }
  }

  /** The third pass: references in the order of the dump. */
  private final class Linking implements HprofSink {
    private int at;

    private void begin(long id, int kind) {
      at = indexOf(id);
      kinds[at] = kind;
      starts[at] = edges.size();
      degrees[at] = 0; // of an id that comes twice the last counts
    }

    @Override
    public void element(long id) {
      int to = id == 0 ? -1 : indexOf(id);
      if (to >= 0) {
        edges.add(to);
        degrees[at]++;
      }
    }

    @Override
    public void classDump(ClassShape shape) {
      begin(shape.id(), kind(-shape.id() - 1, "class " + table.name(shape.id())));
      for (int i = 1; i < shape.statics().length; i += 2) {
        element(shape.statics()[i]);
      }
    }

    @Override
    public void instance(long id, long classId, byte[] fields, int length) throws IOException {
      begin(id, kind(classId, table.name(classId)));
      table.references(classId, fields, length, (name, to) -> element(to));
    }

    @Override
    public void objectArray(long id, long classId, int length) {
      begin(id, kind(classId, table.name(classId)));
    }

    @Override
    public void primitiveArray(long id, int type, int length) {
      begin(id, type);
    }

    private int kind(long key, String name) {
      return kindOfClass.computeIfAbsent(
          key,
          missing -> {
            names.add(name);
            return names.size() - 1;
          });
    }
  }

  private void reach() {
    Arrays.fill(parents, UNREACHED);
    order = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (isClass(i)) {
        reach(i, ROOT);
      }
    }
    for (long root : roots) {
      int at = indexOf(root);
      if (at >= 0) {
        reach(at, ROOT);
      }
    }
    for (int next = 0; next < reached; next++) {
      int from = order[next];
      for (int i = 0; i < degrees[from]; i++) {
        reach(edges.get(starts[from] + i), from);
      }
    }
    starts = new int[0]; // no longer needed: the ways take their place
    degrees = new int[0];
    edges = new IntChunks();
    ways = new long[ids.length];
    long[] named = names.stream().mapToLong(ObjectGraph::hash).toArray();
    for (int next = 0; next < reached; next++) {
      int object = order[next];
      int parent = parents[object];
      if (parent >= 0 && kinds[parent] == kinds[object]) {
        ways[object] = ways[parent];
      } else {
        long from = parent < 0 ? 1125899906842597L : ways[parent];
        long mixed = (from ^ named[kinds[object]]) * 0x9e3779b97f4a7c15L;
        ways[object] = mixed ^ (mixed >>> 29);
      }
    }
  }

  /** Of a name, the same in every dump. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private void reach(int object, int parent) {
    if (parents[object] == UNREACHED) {
      parents[object] = parent;
      order[reached++] = object;
    }
  }

  /** How many objects can be reached from the roots. */
  int reached() {
    return reached;
  }

  /** Objects by their distance from the roots. */
  int nearest(int rank) {
    return order[rank];
  }

  /**
   * The same number for objects that are held by way of the same classes, lists of any length; in
   * other dumps too.
   */
  long way(int object) {
    return ways[object];
  }

  private int indexOf(long id) {
    return Arrays.binarySearch(ids, id);
  }

  long id(int object) {
    return ids[object];
  }

  /** The class's name; {@code class x.Y} for the class itself. */
  String name(int object) {
    return names.get(kinds[object]);
  }

  boolean isClass(int object) {
    return table.shape(ids[object]) != null;
  }

  /** Who holds it on the shortest way from a root; negative for a root. */
  int parent(int object) {
    return parents[object];
  }

  ClassTable table() {
    return table;
  }
}
