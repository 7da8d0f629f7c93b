package dev.tidemark.rules.found;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The nodes of a YAML text as go-yaml takes them: aliases are what they name, nothing is typed. */
final class YamlNodes {
  private static final int MAX_DEPTH = 50;
  private static final int MOST_ALIASES = 10_000;
  private static final int MOST_MERGES = 10_000;

  /** Lines that only a chart has. */
  private static final Pattern HELM =
      Pattern.compile("(?m)^\\s*\\{\\{|\\{\\{-? *(?:include|\\.Values|template) ");

  private final SpecText text;
  private final List<Problem> problems = new ArrayList<>();
  private int merges;
  private int mergeDepth;

  YamlNodes(SpecText text) {
    this.text = text;
  }

  List<Problem> problems() {
    return problems;
  }

  List<Node> documents() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE); // the size of a file is bounded before
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    List<Node> documents = new ArrayList<>();
    try {
      new Yaml(options).composeAll(new StringReader(text.text())).forEach(documents::add);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      problems.add(
          new Problem(
              mark == null ? Place.wholeFile(text.file()) : place(mark),
              "is no YAML: " + e.getProblem() + unrendered()));
    } catch (YAMLException | IllegalArgumentException e) {
      problems.add(new Problem(Place.wholeFile(text.file()), "is no YAML: " + e.getMessage()));
    }
    return documents;
  }

  /** What is said of a chart's file; its actions are no YAML. */
  private String unrendered() {
    return HELM.matcher(text.text()).find()
        ? "; a Helm chart's file: give what `helm template` makes of it"
        : "";
  }

  /**
   * The values by key, in order; none where there is no node or it is null. What merge keys bring
   * stands behind the mapping's own, which win.
   */
  Map<String, Node> mapping(@Nullable Node node, String what) {
    Map<String, Node> keys = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key = raw(tuple.getKeyNode());
        if (key.equals("<<")) {
          merged.add(tuple.getValueNode());
        } else if (keys.putIfAbsent(key, tuple.getValueNode()) != null) {
          problem(tuple.getKeyNode(), "the key " + key + " stands twice");
        }
      }
      merged.forEach(value -> merge(value, keys));
    } else if (node != null && !isNull(node)) {
      problem(node, what + " needs keys with values");
    }
    return keys;
  }

  /** The value of a merge key: a mapping, or a list of them of which the first wins. */
  private void merge(Node value, Map<String, Node> keys) {
    for (Node one : value instanceof SequenceNode list ? list.getValue() : List.of(value)) {
      if (++merges > MOST_MERGES || mergeDepth > MAX_DEPTH) {
        problem(value, "merge keys merge themselves, or too much");
        return;
      }
      mergeDepth++;
      mapping(one, "a merge key").forEach(keys::putIfAbsent);
      mergeDepth--;
    }
  }

  List<Node> sequence(@Nullable Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    if (node != null && !isNull(node)) {
      problem(node, what + ": needs a list");
    }
    return List.of();
  }

  boolean isScalar(@Nullable Node node) {
    return node instanceof ScalarNode;
  }

  /** A text as it is written, whatever YAML would make of it. */
  Placed<String> text(Node node) {
    if (!isScalar(node)) {
      problem(node, "needs a text");
    }
    return placed(raw(node), node);
  }

  String raw(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  <T> Placed<T> placed(T value, Node node) {
    return new Placed<>(value, place(node));
  }

  Place place(Node node) {
    return place(node.getStartMark());
  }

  private Place place(Mark mark) {
    return new Place(text.file(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  private void problem(Node node, String message) {
    problems.add(new Problem(place(node), message));
  }

  private boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && List.of("", "~", "null").contains(scalar.getValue());
  }
}
