package dev.tidemark.rules.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.plan.Change.Kind;
import dev.tidemark.rules.spec.SpecText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two outputs, file by file or as what the files say. Pure. */
public final class Plan {
  private static final String RULES = "rules/";
  private static final String ALERTMANAGER = "alertmanager/alertmanager.yml";

  private Plan() {}

  /**
   * All changes: rules first, then Alertmanager, then other files by their names.
   *
   * @param before path → content, of what is there
   * @param after of what would be
   */
  public static List<Change> between(Map<String, byte[]> before, Map<String, byte[]> after) {
    List<Change> changes = new ArrayList<>();
    changes.addAll(RuleChanges.between(rules(before), rules(after)));
    changes.addAll(
        RouteChanges.between(yaml(before.get(ALERTMANAGER)), yaml(after.get(ALERTMANAGER))));
    SortedSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    for (String path : paths) {
      if (!path.startsWith(RULES) && !path.equals(ALERTMANAGER) && !path.startsWith("tests/")) {
        file(path, before.get(path), after.get(path), changes);
      }
    }
    return changes;
  }

  private static void file(
      String path, byte @Nullable [] old, byte @Nullable [] now, List<Change> changes) {
    if (old == null) {
      changes.add(new Change(Kind.ADDED, "file", path, List.of()));
    } else if (now == null) {
      changes.add(new Change(Kind.REMOVED, "file", path, List.of()));
    } else if (!Arrays.equals(old, now)) {
      changes.add(new Change(Kind.CHANGED, "file", path, List.of()));
    }
  }

  /** The rule files among these, in the order of their paths. */
  public static List<FoundFile> rules(Map<String, byte[]> files) {
    SortedMap<String, byte[]> sorted = new TreeMap<>(files);
    List<FoundFile> rules = new ArrayList<>();
    sorted.forEach(
        (path, bytes) -> {
          if (path.startsWith(RULES)) {
            rules.add(
                RuleFileReader.read(new SpecText(path, new String(bytes, StandardCharsets.UTF_8))));
          }
        });
    return rules;
  }

  private static JsonNode yaml(byte @Nullable [] bytes) {
    if (bytes == null) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode node = new YAMLMapper().readTree(bytes);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance(); // somebody broke it: all of it is new
    }
  }
}
