package dev.tidemark.diagnosis.heap;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.Sample;
import dev.tidemark.diagnosis.pprof.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares profiles, one pair a node. Figures of functions are those of {@code go tool pprof -top
 * -diff_base} (as of {@code -base}, which differs in percentages only): a function that occurs
 * several times in a stack counts once, inlined calls are functions of their own, what the target's
 * profile wants hidden is hidden. Keeps sums, not profiles. Not for several threads.
 */
public final class HeapDiff {
  /** A stack as a key. */
  @SuppressWarnings("ArrayRecordComponent") // equals and hashCode are ours
  private record Key(int hash, int... frames) {
    static Key of(int[] frames) {
      return new Key(Arrays.hashCode(frames), frames);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Arrays.equals(key.frames, frames);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** What is read of each sample: what is compared, and its objects and bytes where told. */
  private record Columns(Column value, @Nullable Column objects, @Nullable Column space) {
    PathSum.Held of(Sample sample, boolean isTarget) {
      return new PathSum.Held(
          value.of(sample, isTarget),
          objects == null ? 0 : objects.of(sample, isTarget),
          space == null ? 0 : space.of(sample, isTarget));
    }
  }

  private final HeapOptions options;
  private final Frames frames = new Frames();
  private final Map<Key, PathSum> paths = new HashMap<>();
  private final Map<Key, Integer> growing = new HashMap<>();
  private final List<HeapReport.Node> nodes = new ArrayList<>();
  private long[] flat = new long[64];
  private long[] cum = new long[64];
  private int[] seen = new int[64];
  private int round;
  private long base;
  private long target;
  private double seconds;
  private boolean timed = true;
  private @Nullable Column first;
  private boolean countsObjects = true;
  private long period = 1;

  public HeapDiff(HeapOptions options) {
    this.options = options;
  }

  /**
   * Adds a node.
   *
   * @throws BadInputException when the two cannot be compared, or not with the nodes before
   */
  public void add(String baseName, Profile before, String targetName, Profile after)
      throws BadInputException {
    List<Column> common = Column.common(before, after);
    Column column = Column.chosen(common, options.sampleType(), after);
    if (first != null && !first.type().equals(column.type())) {
      throw BadInputException.wrongFile(
          "counts %s in %s".formatted(column.type().type(), column.type().unit()),
          "%s in %s as the others".formatted(first.type().type(), first.type().unit()));
    }
    first = column;
    Column objects = column.objects(common);
    countsObjects &= objects != null;
    Column space = column.space(common);
    if (space != null && after.periodType().unit().equals(space.type().unit())) {
      period = Math.max(period, after.period());
    }
    Columns columns = new Columns(column, objects, space);
    long baseBefore = base;
    long targetBefore = target;
    DropFrames drop = new DropFrames(after);
    for (Sample sample : after.samples()) {
      add(sample, true, columns, drop);
    }
    for (Sample sample : before.samples()) {
      add(sample, false, columns, drop);
    }
    endOfNode();
    nodes.add(
        new HeapReport.Node(baseName, targetName, (target - targetBefore) - (base - baseBefore)));
    timed &= before.timeNanos() > 0 && after.timeNanos() > before.timeNanos();
    seconds += (after.timeNanos() - before.timeNanos()) / 1e9;
  }

  /** Counts on how many nodes the same functions hold more, whatever their files and lines. */
  private void endOfNode() {
    Map<Key, Long> gained = new HashMap<>();
    for (PathSum path : paths.values()) {
      gained.merge(functions(path), path.thisNode(), Long::sum);
      path.endOfNode();
    }
    gained.forEach(
        (functions, more) -> {
          if (more > 0) {
            growing.merge(functions, 1, Integer::sum);
          }
        });
  }

  private Key functions(PathSum path) {
    int[] functions = new int[path.size()];
    for (int i = 0; i < functions.length; i++) {
      functions[i] = frames.node(path.frame(i));
    }
    return Key.of(functions);
  }

  private int growingOn(PathSum path) {
    return Math.max(path.growingOn(), growing.getOrDefault(functions(path), 0));
  }

  private void add(Sample sample, boolean isTarget, Columns columns, DropFrames drop) {
    PathSum.Held held = columns.of(sample, isTarget);
    long value = held.value();
    if (value == 0 && held.objects() == 0) {
      return;
    }
    long sign = isTarget ? 1 : -1;
    target += isTarget ? value : 0;
    base += isTarget ? 0 : value;
    int[] stack = frames.of(sample.stack(), drop);
    grow();
    round++;
    for (int frame : stack) {
      int node = frames.node(frame);
      if (seen[node] != round) {
        seen[node] = round;
        cum[node] += sign * value;
      }
    }
    if (stack.length > 0) {
      flat[frames.node(stack[0])] += sign * value;
    }
    PathSum sum = paths.computeIfAbsent(Key.of(stack), key -> new PathSum(key.frames()));
    sum.add(nodes.size(), isTarget, held);
  }

  private void grow() {
    if (frames.nodes() > flat.length) {
      int size = Math.max(frames.nodes(), 2 * flat.length);
      flat = Arrays.copyOf(flat, size);
      cum = Arrays.copyOf(cum, size);
      seen = Arrays.copyOf(seen, size);
    }
  }

  /** What all nodes added so far say together; at least one. */
  public HeapReport report() {
    ValueType type = type();
    Double between = timed ? seconds / nodes.size() : null;
    HeapReport.Total total = new HeapReport.Total(base, target, target - base);
    List<HeapReport.PathDelta> ranked =
        new PathRules(options, new PathRules.Kind(type, countsObjects, period), total, nodes.size())
            .judge(
                nodes.size() == 1 ? paths.values() : Builds.joined(paths.values(), frames),
                frames,
                this::growingOn);
    return new HeapReport(
        nodes, type.type(), type.unit(), total, between, functions(), ranked, Clusters.of(ranked));
  }

  /** What is compared; known once a node was added. */
  public ValueType type() {
    if (first == null) {
      throw new IllegalStateException("no profiles were added");
    }
    return first.type();
  }

  /** Every stack with what it held before and after, for who wants to draw it. */
  public List<StackSum> stacks() {
    List<StackSum> stacks = new ArrayList<>(paths.size());
    for (PathSum path : paths.values()) {
      List<Frame> frames = new ArrayList<>(path.size());
      for (int i = 0; i < path.size(); i++) {
        frames.add(this.frames.frame(path.frame(i)));
      }
      stacks.add(new StackSum(frames, path.base(), path.base() + path.delta()));
    }
    return stacks;
  }

  private List<HeapReport.FunctionDelta> functions() {
    List<HeapReport.FunctionDelta> changed = new ArrayList<>();
    for (int node = 0; node < frames.nodes(); node++) {
      if (flat[node] != 0 || cum[node] != 0) {
        changed.add(new HeapReport.FunctionDelta(frames.nodeName(node), flat[node], cum[node]));
      }
    }
    changed.sort(FunctionOrder.AS_PPROF);
    return changed;
  }
}
