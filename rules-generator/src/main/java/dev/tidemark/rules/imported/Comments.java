package dev.tidemark.rules.imported;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What people wrote above rules and groups, and at the head of files; each line with its mark. */
final class Comments {
  /** Of a file that would no longer be what it says of itself. */
  private static final String OF_OURS = "# Written by tidemark rules generate.";

  private final Map<String, List<String>> lines = new HashMap<>();

  /** A group's comments stand above the service that its first rule is in. */
  private final IdentityHashMap<FoundRule, List<String>> ofGroups = new IdentityHashMap<>();

  Comments(List<SpecText> texts) {
    texts.forEach(text -> lines.put(text.file(), text.text().lines().toList()));
  }

  void add(FoundFile file) {
    List<String> head = head(file.text().file());
    for (FoundGroup group : file.groups()) {
      if (!group.rules().isEmpty()) {
        List<String> comments = new ArrayList<>(head);
        comments.addAll(above(group.place()));
        ofGroups.put(group.rules().get(0), comments);
        head = List.of();
      }
    }
  }

  List<String> above(FoundRule rule) {
    return above(rule.place());
  }

  List<String> aboveGroupsOf(List<FoundRule> rules) {
    return rules.stream().flatMap(rule -> ofGroups.getOrDefault(rule, List.of()).stream()).toList();
  }

  private List<String> above(Place place) {
    List<String> all = lines.getOrDefault(place.file(), List.of());
    List<String> comments = new ArrayList<>();
    for (int i = place.line() - 2; i >= 0 && i < all.size(); i--) {
      String line = all.get(i).strip();
      if (!line.startsWith("#")) {
        break;
      }
      comments.add(0, line);
    }
    return comments;
  }

  /** Up to the first line that says something. */
  private List<String> head(String file) {
    return lines.getOrDefault(file, List.of()).stream()
        .map(String::strip)
        .takeWhile(line -> line.isEmpty() || line.equals("---") || line.startsWith("#"))
        .filter(line -> line.startsWith("#") && !line.startsWith(OF_OURS))
        .toList();
  }
}
