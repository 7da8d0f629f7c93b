package dev.tidemark.diagnosis.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Go files below a folder. A dump names files as the builder saw them, so the file with the
 * longest common end of its path is taken. Not a parser: it reads lines, and says what they hold.
 */
public final class SourceFolder {
  private static final int MOST_FILES = 50_000;
  private static final long LARGEST = 4 << 20;
  private static final int MOST_OTHERS = 8;
  private static final int LONGEST_SELECT = 200;
  private static final Pattern CHANNEL =
      Pattern.compile("range\\s+([\\w.]+)|<-\\s*([\\w.]+)|([\\w.\\])]+)\\s*<-");
  private static final Pattern CLOCK =
      Pattern.compile("time\\.(After|Tick|NewTimer|NewTicker)\\b|\\w\\.C\\b");

  private static final Pattern TICKER =
      Pattern.compile("^(?:for\\b.*\\brange\\s+|.*<-\\s*)([A-Za-z_][\\w.]*)\\.C\\b");

  private final Map<String, List<Path>> files = new HashMap<>();
  private final Map<Path, List<String>> read = new HashMap<>();

  private SourceFolder() {}

  /** Finds the files, some 50,000 at most. */
  public static SourceFolder of(Path root) throws IOException {
    SourceFolder folder = new SourceFolder();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.filter(path -> path.toString().endsWith(".go"))
          .limit(MOST_FILES)
          .forEach(
              path ->
                  folder
                      .files
                      .computeIfAbsent(String.valueOf(path.getFileName()), n -> new ArrayList<>(1))
                      .add(path));
    }
    return folder;
  }

  /** What is at a line of a file as a dump names it; empty when it is not here. */
  public Optional<SourceView> at(String file, int line) throws IOException {
    Path path = find(file.replace('\\', '/'));
    List<String> lines = path == null ? List.of() : lines(path);
    if (path == null || line < 1 || line > lines.size()) {
      return Optional.empty();
    }
    String text = lines.get(line - 1).strip();
    List<String> waits = text.startsWith("select") ? cases(lines, line) : List.of(text);
    boolean after = waits.stream().anyMatch(wait -> wait.contains("time.After("));
    return Optional.of(
        new SourceView(
            text,
            others(path, line, names(waits)),
            waits.stream().anyMatch(wait -> CLOCK.matcher(wait).find()),
            waits.stream().anyMatch(wait -> wait.contains("Done()")),
            after && isInLoop(lines, line),
            stopped(path, lines, line)));
  }

  /** Where another function stops the ticker that a line outside a select waits for. */
  private SourceView.@Nullable Place stopped(Path path, List<String> lines, int line)
      throws IOException {
    Matcher ticker = TICKER.matcher(lines.get(line - 1).strip());
    if (!ticker.find()) {
      return null;
    }
    String name = ticker.group(1);
    boolean field = name.contains(".");
    Pattern stop =
        Pattern.compile(
            "\\b" + Pattern.quote(name.substring(name.lastIndexOf('.') + 1)) + "\\.Stop\\(");
    Span own = function(lines, line, false);
    Span outer = function(lines, line, true);
    for (Path other : field ? beside(path) : List.of(path)) {
      List<String> text = lines(other);
      for (int i = 1; i <= text.size(); i++) {
        boolean here = other.equals(path);
        boolean itself = here && own.holds(i);
        boolean known = field || outer.holds(i); // a local is not known elsewhere
        if (!itself && known && stop.matcher(text.get(i - 1)).find()) {
          return new SourceView.Place(
              String.valueOf(other.getFileName()), i, text.get(i - 1).strip());
        }
      }
    }
    return null;
  }

  private record Span(int first, int last) {
    boolean holds(int line) {
      return line >= first && line <= last;
    }
  }

  /** The lines of the function around a line: of the innermost literal, or of the declaration. */
  private static Span function(List<String> lines, int line, boolean declared) {
    int first = line;
    int depth = 0;
    while (first > 1) {
      String text = lines.get(first - 2);
      first--;
      depth += count(text, '{') - count(text, '}');
      if (text.startsWith("func ")) {
        break;
      }
      if (depth > 0) {
        if (!declared && text.contains("func(")) {
          break;
        }
        depth = 0;
      }
    }
    int last = first;
    int open = 0;
    while (last <= lines.size()) {
      String text = lines.get(last - 1);
      open += count(text, '{') - count(text, '}');
      if (open <= 0 && last >= line) {
        break;
      }
      last++;
    }
    return new Span(first, last);
  }

  private @Nullable Path find(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    Path best = null;
    int most = -1;
    for (Path candidate : files.getOrDefault(name, List.of())) {
      int common = commonEnd(candidate.toString().replace('\\', '/'), file);
      if (common > most) {
        most = common;
        best = candidate;
      }
    }
    return best;
  }

  private static int commonEnd(String a, String b) {
    int common = 0;
    while (common < Math.min(a.length(), b.length())
        && a.charAt(a.length() - 1 - common) == b.charAt(b.length() - 1 - common)) {
      common++;
    }
    return common;
  }

  private List<String> lines(Path path) throws IOException {
    List<String> known = read.get(path);
    if (known == null) {
      boolean fits = Files.size(path) <= LARGEST;
      known =
          fits
              ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList()
              : List.of();
      read.put(path, known);
    }
    return known;
  }

  /** The cases of the select that begins at a line. */
  private static List<String> cases(List<String> lines, int line) {
    List<String> cases = new ArrayList<>();
    int depth = 0;
    for (int i = line - 1; i < Math.min(lines.size(), line - 1 + LONGEST_SELECT); i++) {
      String text = lines.get(i).strip();
      if (depth == 1 && text.startsWith("case ")) {
        cases.add(text);
      }
      depth += count(text, '{') - count(text, '}');
      if (depth <= 0) {
        break;
      }
    }
    return cases;
  }

  private static int count(String text, char c) {
    return (int) text.chars().filter(other -> other == c).count();
  }

  /** Whether an enclosing block above, before the function begins, is a loop. */
  private static boolean isInLoop(List<String> lines, int line) {
    int depth = 0;
    for (int i = line - 2; i >= 0 && !lines.get(i).startsWith("func "); i--) {
      String text = lines.get(i).strip();
      depth += count(text, '{') - count(text, '}');
      if (depth > 0) {
        if (text.startsWith("for ") || text.startsWith("for{")) {
          return true;
        }
        depth = 0;
      }
    }
    return false;
  }

  private static Set<String> names(List<String> waits) {
    Set<String> names = new LinkedHashSet<>();
    for (String wait : waits) {
      Matcher matcher = CHANNEL.matcher(wait);
      while (matcher.find()) {
        for (int i = 1; i <= matcher.groupCount(); i++) {
          String found = matcher.group(i);
          String name = found == null ? "" : found.substring(found.lastIndexOf('.') + 1);
          if (name.matches("[A-Za-z_]\\w*") && !name.equals("Done") && !name.equals("C")) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  private List<Path> beside(Path path) {
    return files.values().stream()
        .flatMap(List::stream)
        .filter(other -> String.valueOf(other.getParent()).equals(String.valueOf(path.getParent())))
        .sorted()
        .toList();
  }

  private List<SourceView.Place> others(Path path, int line, Set<String> names) throws IOException {
    List<SourceView.Place> others = new ArrayList<>();
    if (names.isEmpty()) {
      return others;
    }
    String any = "\\b(" + String.join("|", names) + ")\\b";
    Pattern end =
        Pattern.compile(
            any
                + "\\s*<-|<-\\s*[\\w.]*"
                + any
                + "|close\\([\\w.]*"
                + any
                + "|range\\s+[\\w.]*"
                + any);
    for (Path other : beside(path)) {
      List<String> lines = lines(other);
      for (int i = 0; i < lines.size() && others.size() < MOST_OTHERS; i++) {
        boolean itself = other.equals(path) && i == line - 1;
        if (!itself && end.matcher(lines.get(i)).find()) {
          others.add(
              new SourceView.Place(
                  String.valueOf(other.getFileName()), i + 1, lines.get(i).strip()));
        }
      }
    }
    return others;
  }
}
