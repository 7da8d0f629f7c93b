package dev.tidemark.diagnosis.heap;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells Go's own code from everyone else's by where the runtime's files lie in these very profiles.
 * With {@code -trimpath} that is nowhere; then a package without a dot in its first element is
 * Go's, unless it is {@code main}.
 */
final class GoRoot {
  private final Set<String> roots;

  private GoRoot(Set<String> roots) {
    this.roots = roots;
  }

  static GoRoot of(Collection<Frame> frames) {
    Set<String> roots = new TreeSet<>();
    for (Frame frame : frames) {
      int at = frame.file().indexOf("/src/runtime/");
      if (at >= 0 && frame.function().startsWith("runtime.")) {
        roots.add(frame.file().substring(0, at + "/src/".length()));
      }
    }
    return new GoRoot(roots);
  }

  boolean holds(Frame frame) {
    String function = frame.function();
    if (!roots.isEmpty() && !frame.file().isEmpty()) {
      return roots.stream().anyMatch(frame.file()::startsWith) && !function.startsWith("main.");
    }
    int slash = function.indexOf('/');
    String first = slash < 0 ? function : function.substring(0, slash);
    return slash < 0
        ? first.startsWith("runtime.") || first.startsWith("<") || first.startsWith("[")
        : first.indexOf('.') < 0;
  }
}
