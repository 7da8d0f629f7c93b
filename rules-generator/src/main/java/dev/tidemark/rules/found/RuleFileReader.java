package dev.tidemark.rules.found;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Nearest;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads rule files of Prometheus and PrometheusRule objects, one or a List of them. Tells all that
 * is wrong with their shape; every rule that can be read is there nevertheless. Shape:
 * model/rulefmt/rulefmt.go of Prometheus.
 */
public final class RuleFileReader {
  static final String NO_RULES = "is no rule file";

  /** Of a specification, which some verbs take another way. */
  public static final String IS_SPECIFICATION = "is a specification and no rule file";

  private static final int MOST_RULES = 100_000;
  private static final Set<String> OF_GROUPS =
      Set.of(
          "limit",
          "query_offset",
          "partial_response_strategy",
          "evaluation_delay",
          "source_tenants");
  private static final Set<String> OF_RULES =
      Set.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

  private final YamlNodes yaml;
  private final List<Problem> problems = new ArrayList<>();
  private final List<FoundGroup> groups = new ArrayList<>();
  private int rules;

  private RuleFileReader(YamlNodes yaml) {
    this.yaml = yaml;
  }

  public static FoundFile read(SpecText text) {
    YamlNodes yaml = new YamlNodes(text);
    RuleFileReader reader = new RuleFileReader(yaml);
    yaml.documents().forEach(reader::document);
    List<Problem> problems = new ArrayList<>(yaml.problems());
    problems.addAll(reader.problems);
    return new FoundFile(text, reader.groups, problems.stream().sorted().toList());
  }

  private void document(Node node) {
    Map<String, Node> keys = yaml.mapping(node, "a rule file");
    Optional<String> kind = Optional.ofNullable(keys.get("kind")).map(yaml::raw);
    if (Optional.ofNullable(keys.get("apiVersion"))
        .map(yaml::raw)
        .orElse("")
        .startsWith("tidemark/")) {
      problem(node, IS_SPECIFICATION);
    } else if (keys.containsKey("items")) {
      yaml.sequence(keys.get("items"), "items").forEach(this::document);
    } else if (kind.isPresent() && !kind.get().equals("PrometheusRule")) {
      return; // another object beside the rules, as charts print them
    } else if (kind.isPresent()) {
      Map<String, Node> spec = yaml.mapping(keys.get("spec"), "spec");
      groups(spec.get("groups"));
    } else if (keys.containsKey("groups") || keys.isEmpty()) {
      unknown(keys, Set.of("groups", "namespace"), "a rule file");
      groups(keys.get("groups"));
    } else if (keys.containsKey("rules") && keys.containsKey("name")) {
      group(node); // as rulers are given one
    } else {
      problem(node, NO_RULES + ": needs groups");
    }
  }

  private void groups(@Nullable Node node) {
    yaml.sequence(node, "groups").forEach(this::group);
  }

  private void group(Node node) {
    Map<String, Node> keys = yaml.mapping(node, "a group");
    SortedMap<String, Placed<String>> others = new TreeMap<>();
    for (String key : OF_GROUPS) {
      if (keys.containsKey(key)) {
        Node value = keys.get(key);
        others.put(key, yaml.isScalar(value) ? yaml.text(value) : yaml.placed("", value));
      }
    }
    Set<String> known = new TreeSet<>(OF_GROUPS);
    known.addAll(Set.of("name", "interval", "labels", "rules"));
    unknown(keys, known, "a group");
    if (!keys.containsKey("name")) {
      problem(node, "the group has no name");
    }
    SortedMap<String, Placed<String>> labels = texts("labels", keys);
    List<FoundRule> found = new ArrayList<>();
    for (Node rule : yaml.sequence(keys.get("rules"), "rules")) {
      if (++rules > MOST_RULES) {
        problem(rule, "there are more than " + MOST_RULES + " rules");
        break;
      }
      rule(rule, labels).ifPresent(found::add);
    }
    groups.add(
        new FoundGroup(
            yaml.place(node),
            keys.containsKey("name") ? yaml.text(keys.get("name")) : yaml.placed("", node),
            duration("interval", keys),
            others,
            found));
  }

  /**
   * @param ofGroup labels that the rule has, too, where it says none of their names
   */
  private Optional<FoundRule> rule(Node node, SortedMap<String, Placed<String>> ofGroup) {
    Map<String, Node> keys = yaml.mapping(node, "a rule");
    unknown(keys, OF_RULES, "a rule");
    Node alert = keys.get("alert");
    Node name = alert == null ? keys.get("record") : alert;
    if (name == null || (alert != null && keys.containsKey("record"))) {
      problem(node, "a rule needs either alert or record");
      return Optional.empty();
    }
    Node expr = keys.get("expr");
    if (expr == null) {
      problem(node, "the rule has no expr");
      return Optional.empty();
    }
    if (alert == null) {
      for (String key : List.of("for", "keep_firing_for", "annotations")) {
        if (keys.containsKey(key)) {
          problem(keys.get(key), key + ": only an alert has it");
        }
      }
    }
    SortedMap<String, Placed<String>> labels = new TreeMap<>(ofGroup);
    labels.putAll(texts("labels", keys));
    return Optional.of(
        new FoundRule(
            alert == null ? FoundRule.Kind.RECORD : FoundRule.Kind.ALERT,
            yaml.place(node),
            yaml.text(name),
            yaml.text(expr),
            duration("for", keys),
            duration("keep_firing_for", keys),
            labels,
            texts("annotations", keys)));
  }

  private SortedMap<String, Placed<String>> texts(String key, Map<String, Node> keys) {
    SortedMap<String, Placed<String>> texts = new TreeMap<>();
    yaml.mapping(keys.get(key), key).forEach((name, value) -> texts.put(name, yaml.text(value)));
    return texts;
  }

  private Optional<Placed<Duration>> duration(String key, Map<String, Node> keys) {
    Node node = keys.get(key);
    if (node == null || yaml.raw(node).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(yaml.placed(PromDuration.parse(yaml.raw(node)), node));
    } catch (IllegalArgumentException e) {
      problem(node, key + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void unknown(Map<String, Node> keys, Set<String> known, String where) {
    keys.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            String near = Nearest.of(key, known).map(n -> ", did you mean " + n + "?").orElse("");
            problem(value, where + " has no key " + Shown.text(key) + near);
          }
        });
  }

  private void problem(Node node, String message) {
    problems.add(new Problem(yaml.place(node), message));
  }
}
