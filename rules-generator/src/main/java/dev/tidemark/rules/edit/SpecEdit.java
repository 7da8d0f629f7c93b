package dev.tidemark.rules.edit;

import dev.tidemark.toolkit.yaml.Place;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Puts scalars into mappings of a text, and leaves every other character as it is. What the text
 * says afterwards is for the caller to check: an anchor may stand where nobody looks.
 */
public final class SpecEdit {
  private final String text;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * What a mapping is to say.
   *
   * @param place where the mapping begins
   * @param values by key; plain scalars
   * @param within by key of a mapping in it; plain scalars
   */
  public record Change(
      Place place, Map<String, String> values, Map<String, Map<String, String>> within) {
    public Change {
      values = new LinkedHashMap<>(values);
      within = new LinkedHashMap<>(within);
    }
  }

  private record Piece(int start, int end, String text) {}

  /** The text has no place for a change. */
  private static final class NoPlace extends Exception {
    private static final long serialVersionUID = 1;
  }

  private SpecEdit(String text) {
    this.text = text;
  }

  /** The text with all changes; empty where one of them has no place that can be told. */
  public static Optional<String> of(String text, List<Change> changes) {
    try {
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(Integer.MAX_VALUE); // the size of a file is bounded before
      Node root = new Yaml(options).compose(new StringReader(text));
      SpecEdit edit = new SpecEdit(text);
      for (Change change : changes) {
        edit.change(find(root, change.place(), 0).orElseThrow(NoPlace::new), change);
      }
      return Optional.of(edit.done());
    } catch (YAMLException | NoPlace e) {
      return Optional.empty();
    }
  }

  private void change(MappingNode mapping, Change change) throws NoPlace {
    for (Map.Entry<String, String> value : change.values().entrySet()) {
      put(mapping, value.getKey(), value.getValue());
    }
    for (Map.Entry<String, Map<String, String>> inner : change.within().entrySet()) {
      Optional<Node> there = value(mapping, inner.getKey());
      if (there.isEmpty()) {
        List<String> all = new ArrayList<>();
        inner.getValue().forEach((key, value) -> all.add(key + ": " + value));
        insert(mapping, inner.getKey() + ": {" + String.join(", ", all) + "}");
      } else if (there.get() instanceof MappingNode map) {
        for (Map.Entry<String, String> value : inner.getValue().entrySet()) {
          put(map, value.getKey(), value.getValue());
        }
      } else {
        throw new NoPlace();
      }
    }
  }

  private void put(MappingNode mapping, String key, String value) throws NoPlace {
    Optional<Node> there = value(mapping, key);
    if (there.isEmpty()) {
      insert(mapping, key + ": " + value);
    } else if (there.get() instanceof ScalarNode scalar && isOneLine(scalar)) {
      pieces.add(new Piece(index(scalar.getStartMark()), index(scalar.getEndMark()), value));
    } else {
      throw new NoPlace();
    }
  }

  private void insert(MappingNode mapping, String entry) throws NoPlace {
    if (mapping.getFlowStyle() == FlowStyle.FLOW) {
      if (mapping.getValue().isEmpty()) {
        int open = index(mapping.getStartMark()) + 1;
        pieces.add(new Piece(open, open, entry));
        return;
      }
      List<NodeTuple> all = mapping.getValue();
      int end = index(all.get(all.size() - 1).getValueNode().getEndMark());
      pieces.add(new Piece(end, end, ", " + entry));
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getValueNode() instanceof ScalarNode scalar && isOneLine(scalar)) {
        int line = text.indexOf('\n', index(scalar.getEndMark()));
        int end = line < 0 ? text.length() : text.charAt(line - 1) == '\r' ? line - 1 : line;
        String newline = text.contains("\r\n") ? "\r\n" : "\n";
        String indent = " ".repeat(tuple.getKeyNode().getStartMark().getColumn());
        pieces.add(new Piece(end, end, newline + indent + entry));
        return;
      }
    }
    throw new NoPlace();
  }

  private static boolean isOneLine(ScalarNode scalar) {
    return scalar.getStartMark().getLine() == scalar.getEndMark().getLine();
  }

  private String done() {
    pieces.sort(
        Comparator.comparingInt(Piece::start)); // stable: several at one place stay in order
    StringBuilder changed = new StringBuilder();
    int at = 0;
    for (Piece piece : pieces) {
      changed.append(text, at, piece.start()).append(piece.text());
      at = piece.end();
    }
    return changed.append(text, at, text.length()).toString();
  }

  /** Marks count code points. */
  private int index(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  private static Optional<Node> value(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(t -> t.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  private static Optional<MappingNode> find(Node node, Place place, int depth) {
    if (depth > 50) {
      return Optional.empty();
    }
    if (node instanceof MappingNode mapping) {
      Mark start = mapping.getStartMark();
      if (start.getLine() + 1 == place.line() && start.getColumn() + 1 == place.column()) {
        return Optional.of(mapping);
      }
      return mapping.getValue().stream()
          .flatMap(tuple -> find(tuple.getValueNode(), place, depth + 1).stream())
          .findFirst();
    }
    return node instanceof SequenceNode sequence
        ? sequence.getValue().stream()
            .flatMap(item -> find(item, place, depth + 1).stream())
            .findFirst()
        : Optional.empty();
  }
}
