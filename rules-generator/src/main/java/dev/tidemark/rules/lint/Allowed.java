package dev.tidemark.rules.lint;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What comments of a file allow: {@code # tidemark: allow <id>, <id>}. Right above a rule or among
 * its lines it is for that rule, above the first line of the file that is none, for the whole file.
 */
final class Allowed {
  private static final Pattern COMMENT =
      Pattern.compile("(?:^|\\s)#\\s*tidemark:\\s*allow\\s+([a-z0-9-]+(?:[\\s,]+[a-z0-9-]+)*)");

  private final List<String> lines;
  private final Set<String> everywhere = new HashSet<>();

  Allowed(SpecText text) {
    this.lines = text.text().lines().toList();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("---")) {
        break;
      }
      ids(line, everywhere);
    }
  }

  /** What is allowed to the rule that begins here. */
  Set<String> at(Place place) {
    Set<String> ids = new HashSet<>(everywhere);
    int first = place.line() - 1;
    if (first < 0 || first >= lines.size()) {
      return ids;
    }
    for (int i = first - 1; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
      ids(lines.get(i), ids);
    }
    ids(lines.get(first), ids);
    for (int i = first + 1; i < lines.size() && isInside(lines.get(i), place.column() - 1); i++) {
      ids(lines.get(i), ids);
    }
    return ids;
  }

  private static boolean isInside(String line, int column) {
    int indent = line.length() - line.stripLeading().length();
    return line.isBlank() || indent >= column;
  }

  private static void ids(String line, Set<String> ids) {
    Matcher comment = COMMENT.matcher(line);
    if (comment.find()) {
      ids.addAll(List.of(comment.group(1).split("[\\s,]+")));
    }
  }
}
