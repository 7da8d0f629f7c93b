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
  private static final Pattern SELECT = Pattern.compile("\\bselect\\s*\\{");

  /** What a case of a select waits for: up to the colon, which is not that of {@code :=}. */
  private static final Pattern CASE = Pattern.compile("\\bcase\\b(.*?)(?::(?!=)|$)");

  private static final Pattern CLOCK =
      Pattern.compile("time\\.(After|Tick|NewTimer|NewTicker)\\b|\\w\\.C\\b");

  private static final Pattern TICKER =
      Pattern.compile("^(?:for\\b.*\\brange\\s+|.*<-\\s*)([A-Za-z_][\\w.]*)\\.C\\b");

  private final Map<String, List<Path>> files = new HashMap<>();
  private final Map<Path, List<String>> read = new HashMap<>();
  private final Map<Path, List<Located>> uses = new HashMap<>();

  private record Located(int line, ChannelUse use) {}

  /** The lines that a goroutine waits at: one, or those of its select's cases. */
  private record Wait(Set<Integer> lines, List<String> waits) {}

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
    Wait wait = wait(lines, line);
    List<String> waits = wait.waits();
    boolean after = waits.stream().anyMatch(part -> part.contains("time.After("));
    return Optional.of(
        new SourceView(
            text,
            others(path, line, wait),
            waits.stream().anyMatch(part -> CLOCK.matcher(part).find()),
            waits.stream().anyMatch(part -> part.contains("Done()")),
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

  /** What the line waits for: its operations, or those of the select that begins there. */
  private static Wait wait(List<String> lines, int line) {
    Set<Integer> at = new LinkedHashSet<>();
    at.add(line);
    String first = ChannelUse.code(lines.get(line - 1));
    Matcher select = SELECT.matcher(first);
    if (!select.find()) {
      return new Wait(at, List.of(first));
    }
    List<String> waits = new ArrayList<>();
    int depth = 0;
    for (int i = line; i < Math.min(lines.size() + 1, line + LONGEST_SELECT); i++) {
      String text = i == line ? first.substring(select.start()) : code(lines, i).strip();
      if (i == line || (depth == 1 && text.startsWith("case "))) {
        at.add(i);
        Matcher one = CASE.matcher(text);
        while (one.find()) {
          waits.add(one.group(1).strip());
        }
      }
      depth += count(text, '{') - count(text, '}');
      if (depth <= 0) {
        break;
      }
    }
    return new Wait(at, waits);
  }

  private static String code(List<String> lines, int line) {
    return ChannelUse.code(lines.get(line - 1));
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

  private List<Path> beside(Path path) {
    return files.values().stream()
        .flatMap(List::stream)
        .filter(other -> String.valueOf(other.getParent()).equals(String.valueOf(path.getParent())))
        .sorted()
        .toList();
  }

  private List<SourceView.Place> others(Path path, int line, Wait wait) throws IOException {
    List<ChannelUse> waits =
        wait.waits().stream().flatMap(part -> ChannelUse.in(part).stream()).distinct().toList();
    if (waits.isEmpty()) {
      return List.of();
    }
    Span own = function(lines(path), line, true);
    OtherEnds ends = new OtherEnds(waits, made(lines(path), own, waits));
    for (Path other : beside(path)) {
      boolean here = other.equals(path);
      for (Located use : isForeignTest(path, other) ? List.<Located>of() : uses(other)) {
        if (!here || !wait.lines().contains(use.line())) {
          boolean within = here && own.holds(use.line());
          ends.add(
              use.use(),
              within
                  ? OtherEnds.Near.FUNCTION
                  : here ? OtherEnds.Near.FILE : OtherEnds.Near.PACKAGE,
              new SourceView.Place(
                  name(other), use.line(), lines(other).get(use.line() - 1).strip()));
        }
      }
    }
    return ends.best(MOST_OTHERS);
  }

  /** Variables to which the function assigns a channel that it makes. */
  private static Set<String> made(List<String> lines, Span own, List<ChannelUse> waits) {
    Set<String> made = new LinkedHashSet<>();
    for (ChannelUse wait : waits) {
      String name = "\\b" + Pattern.quote(wait.channel()) + "\\b";
      Pattern make = Pattern.compile(name + "[^=]*=.*\\bmake\\(\\s*chan\\b");
      for (int i = own.first(); i <= Math.min(own.last(), lines.size()); i++) {
        if (!wait.isField() && make.matcher(code(lines, i)).find()) {
          made.add(wait.channel());
        }
      }
    }
    return made;
  }

  /** What a test does is no part of the program. */
  private static boolean isForeignTest(Path path, Path other) {
    return name(other).endsWith("_test.go") && !name(path).endsWith("_test.go");
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private List<Located> uses(Path path) throws IOException {
    List<Located> known = uses.get(path);
    if (known == null) {
      known = new ArrayList<>();
      List<String> lines = lines(path);
      for (int i = 1; i <= lines.size(); i++) {
        for (ChannelUse use : ChannelUse.in(lines.get(i - 1))) {
          known.add(new Located(i, use));
        }
      }
      uses.put(path, known);
    }
    return known;
  }
}
