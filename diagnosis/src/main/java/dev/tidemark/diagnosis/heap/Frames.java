package dev.tidemark.diagnosis.heap;

import dev.tidemark.diagnosis.pprof.Function;
import dev.tidemark.diagnosis.pprof.Line;
import dev.tidemark.diagnosis.pprof.Location;
import dev.tidemark.diagnosis.pprof.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers frames and functions, so that stacks of several profiles can be compared. */
final class Frames {
  /**
   * What pprof takes for one function: the name; where there is none the binary and the line.
   *
   * @param startLine of a function without a name
   */
  private record Node(String name, String binary, long startLine) {}

  private final Map<Frame, Integer> frameIds = new HashMap<>();
  private final List<Frame> frames = new ArrayList<>();
  private final List<Integer> nodeOfFrame = new ArrayList<>();
  private final Map<Node, Integer> nodeIds = new HashMap<>();
  private final List<String> nodeNames = new ArrayList<>();
  private final Map<List<Object>, Integer> unnamed = new HashMap<>();

  /** The frames of a stack, innermost first. */
  int[] of(List<Location> stack, DropFrames drop) {
    List<List<Line>> shown = drop.shown(stack);
    int dropped = stack.size() - shown.size();
    int size = 0;
    for (List<Line> lines : shown) {
      size += Math.max(1, lines.size());
    }
    int[] ids = new int[size];
    int at = 0;
    for (int i = 0; i < shown.size(); i++) {
      Mapping mapping = stack.get(dropped + i).mapping();
      if (shown.get(i).isEmpty()) {
        ids[at++] = frame(null, mapping);
      }
      for (Line line : shown.get(i)) {
        ids[at++] = frame(line, mapping);
      }
    }
    return ids;
  }

  private int frame(@Nullable Line line, @Nullable Mapping mapping) {
    Function function = line == null ? null : line.function();
    String name = function == null ? "" : nameOf(function);
    if (line != null && function != null && !name.isEmpty()) {
      Frame frame = new Frame(name, function.file(), line.line());
      return frameIds.computeIfAbsent(frame, key -> add(frame, new Node(name, "", 0)));
    }
    String binary = mapping == null ? "" : mapping.file();
    Node node = new Node("", binary, function == null ? 0 : function.startLine());
    String file = function == null ? "" : function.file();
    long at = line == null ? 0 : line.line();
    return unnamed.computeIfAbsent(
        List.of(node, file, at), key -> add(new Frame(printed(binary), file, at), node));
  }

  private int add(Frame frame, Node node) {
    int id = frames.size();
    frames.add(frame);
    nodeOfFrame.add(
        nodeIds.computeIfAbsent(
            node,
            key -> {
              nodeNames.add(node.name().isEmpty() ? printed(node.binary()) : node.name());
              return nodeNames.size() - 1;
            }));
    return id;
  }

  /** Symbolizers may leave the name out where it is the linker's. */
  private static String nameOf(Function function) {
    return function.name().isEmpty() ? function.systemName() : function.name();
  }

  private static String printed(String binary) {
    return binary.isEmpty()
        ? "<unknown>"
        : "[" + binary.substring(binary.lastIndexOf('/') + 1) + "]";
  }

  Frame frame(int id) {
    return frames.get(id);
  }

  int node(int frame) {
    return nodeOfFrame.get(frame);
  }

  int nodes() {
    return nodeNames.size();
  }

  String nodeName(int node) {
    return nodeNames.get(node);
  }
}
