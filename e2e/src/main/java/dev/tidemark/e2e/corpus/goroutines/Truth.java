package dev.tidemark.e2e.corpus.goroutines;

import dev.tidemark.diagnosis.goroutine.Frame;
import dev.tidemark.diagnosis.goroutine.StackGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where leaked goroutines stand, by the marks in the sources: {@code // leaks [in FUNCTION…]}. */
public record Truth(Set<String> lines, Set<String> functions) {
  private static final String MARK = "// leaks";

  /** Of all Go files of a folder. */
  public static Truth of(Path sources) throws IOException {
    Set<String> lines = new TreeSet<>();
    Set<String> functions = new TreeSet<>();
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".go")).toList()) {
        List<String> text = Files.readAllLines(file);
        for (int i = 0; i < text.size(); i++) {
          int mark = text.get(i).indexOf(MARK);
          if (mark > 0) {
            lines.add(file.getFileName() + ":" + (i + 1));
            String rest = text.get(i).substring(mark + MARK.length());
            if (rest.startsWith(" in ")) {
              functions.addAll(List.of(rest.substring(" in ".length()).split(", ")));
            }
          }
        }
      }
    }
    return new Truth(lines, functions);
  }

  /** Whether what stands there leaks; a program that is healthy shares only lines with others. */
  public boolean leaks(boolean healthy, StackGroup group) {
    Frame at = group.blockedAt();
    if (at != null && at.file() != null) {
      String name = Path.of(at.file()).getFileName() + ":" + at.line();
      return lines.contains(name);
    }
    return !healthy && group.stack().stream().anyMatch(frame -> isMarked(frame.function()));
  }

  /**
   * A mark that ends in a dot means the library's watcher of a context, named anew each release.
   */
  private boolean isMarked(String function) {
    return functions.stream()
        .anyMatch(
            mark ->
                mark.endsWith(".")
                    ? function.startsWith(mark) && function.contains("propagateCancel.func")
                    : function.equals(mark));
  }
}
