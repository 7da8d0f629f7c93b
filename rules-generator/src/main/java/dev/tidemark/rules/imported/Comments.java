package dev.tidemark.rules.imported;

import dev.tidemark.rules.found.CommentLines;
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

/**
 * What people wrote above rules and groups, and at the head of files; each line with its mark, and
 * with the first of what stands below it.
 */
final class Comments {
  /** Of a file that would no longer be what it says of itself. */
  private static final String OF_OURS = "# Written by tidemark rules generate.";

  private final Map<String, List<String>> lines = new HashMap<>();

  /** A group's comments stand above the service that its first rule is in. */
  private final IdentityHashMap<FoundRule, List<String>> ofGroups = new IdentityHashMap<>();

  private final IdentityHashMap<FoundRule, List<String>> ofRules = new IdentityHashMap<>();

  Comments(List<SpecText> texts) {
    texts.forEach(text -> lines.put(text.file(), new ArrayList<>(CommentLines.of(text))));
  }

  void add(FoundFile file) {
    List<String> head = head(file.text().file());
    for (FoundGroup group : file.groups()) {
      if (!group.rules().isEmpty()) {
        List<String> comments = new ArrayList<>(head);
        comments.addAll(takeAbove(group.place()));
        ofGroups.put(group.rules().get(0), comments);
        head = List.of();
      }
      group.rules().forEach(rule -> ofRules.put(rule, takeAbove(rule.place())));
    }
  }

  List<String> above(FoundRule rule) {
    return ofRules.getOrDefault(rule, List.of());
  }

  List<String> aboveGroupsOf(List<FoundRule> rules) {
    return rules.stream().flatMap(rule -> ofGroups.getOrDefault(rule, List.of()).stream()).toList();
  }

  private List<String> takeAbove(Place place) {
    List<String> all = lines.getOrDefault(place.file(), List.of());
    List<String> comments = new ArrayList<>();
    for (int i = place.line() - 2; i >= 0 && i < all.size(); i--) {
      if (!all.get(i).startsWith("#")) {
        break;
      }
      comments.add(0, all.set(i, ""));
    }
    return comments;
  }

  /** Up to the first line that says something. */
  private List<String> head(String file) {
    List<String> all = lines.getOrDefault(file, List.of());
    List<String> comments = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i);
      if (!line.isEmpty() && !line.equals("---") && !line.startsWith("#")) {
        break;
      }
      if (line.startsWith("#") && !line.startsWith(OF_OURS)) {
        comments.add(line);
      }
      all.set(i, "");
    }
    return comments;
  }
}
