package dev.tidemark.rules.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.toolkit.yaml.Placed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A group as a server shows it, beside the file it should come from. The path it names is as it
 * sees it, which a mount makes another one, so it proves only that the file is the same. What else
 * proves is what the rules say.
 */
record ShownGroup(JsonNode group, Path written) {
  /** Where it comes from. */
  enum Origin {
    /** The path names the file that was written. */
    SAME_FILE,
    /** A path that is not there, or another file that says something else: as behind a mount. */
    SAME_RULES,
    /** A file that is there, says the same, and is not the one that was written. */
    OTHER_FILE,
    /** Rules that say something else. */
    OTHER_RULES
  }

  /** As the server sees it. */
  String file() {
    return group.path("file").asText();
  }

  Origin origin(List<FoundRule> rules) {
    Optional<Path> there = there();
    if (there.isPresent() && isSame(there.get())) {
      return Origin.SAME_FILE;
    }
    if (difference(rules).isPresent()) {
      return Origin.OTHER_RULES;
    }
    return there.isPresent() && saysTheSame(there.get()) ? Origin.OTHER_FILE : Origin.SAME_RULES;
  }

  /** Its file where there is one of this path here. */
  private Optional<Path> there() {
    try {
      Path path = Path.of(file());
      return path.isAbsolute() && Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private boolean isSame(Path path) {
    try {
      return Files.isSameFile(path, written);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean saysTheSame(Path path) {
    try {
      return Files.mismatch(path, written) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** In words, the first thing that a rule says otherwise. */
  Optional<String> difference(List<FoundRule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      FoundRule rule = rules.get(i);
      JsonNode its = group.path("rules").path(i);
      String what =
          !isSame(rule.expr().value(), its.path("query").asText())
              ? "expression"
              : !texts(rule.labels()).equals(texts(its.path("labels")))
                  ? "labels"
                  : rule.isAlert()
                          && !texts(rule.annotations()).equals(texts(its.path("annotations")))
                      ? "annotations"
                      : "";
      if (!what.isEmpty()) {
        return Optional.of("the " + what + " of " + rule.name().value());
      }
    }
    return Optional.empty();
  }

  /** A server prints expressions anew; what cannot be read here is taken for the same. */
  private static boolean isSame(String ours, String its) {
    try {
      return sorted(PromQlParser.parse(ours)).equals(sorted(PromQlParser.parse(its)));
    } catch (ParseException e) {
      return true;
    }
  }

  private static Expr sorted(Expr expr) {
    return expr.mapSelectors(
        selector ->
            new VectorSelector(
                selector.name(),
                selector.matchers().stream()
                    .sorted(
                        Comparator.comparing(Matcher::label)
                            .thenComparing(Matcher::op)
                            .thenComparing(Matcher::value))
                    .toList(),
                selector.modifiers()));
  }

  private static SortedMap<String, String> texts(Map<String, Placed<String>> placed) {
    SortedMap<String, String> texts = new TreeMap<>();
    placed.forEach((name, text) -> texts.put(name, text.value()));
    return texts;
  }

  private static SortedMap<String, String> texts(JsonNode object) {
    SortedMap<String, String> texts = new TreeMap<>();
    object.properties().forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
    return texts;
  }

  /** Our folder and the server's name for it, where the paths end alike: {@code /a for /b}. */
  String folders() {
    Path its = Path.of("/" + file()).normalize();
    Path ours = written.toAbsolutePath().normalize();
    int same = 0;
    while (same < Math.min(its.getNameCount(), ours.getNameCount())
        && its.getName(its.getNameCount() - 1 - same)
            .equals(ours.getName(ours.getNameCount() - 1 - same))) {
      same++;
    }
    return top(its, same) + " for " + top(ours, same);
  }

  private static Path top(Path path, int cut) {
    Path top = path;
    for (int i = 0; i < cut; i++) {
      Path parent = top.getParent();
      top = parent == null ? top : parent;
    }
    return top;
  }
}
