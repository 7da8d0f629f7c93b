package dev.tidemark.diagnosis.heap;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Tells Go's own code from everyone else's by where the runtime's files lie in this very profile.
 * With {@code -trimpath} that is nowhere; then a package without a dot in its first element is
 * Go's, unless it is {@code main}.
 */
final class GoRoot {
  private final @Nullable String root;

  private GoRoot(@Nullable String root) {
    this.root = root;
  }

  static GoRoot of(Collection<Frame> frames) {
    for (Frame frame : frames) {
      int at = frame.file().indexOf("/src/runtime/");
      if (at >= 0 && frame.function().startsWith("runtime.")) {
        return new GoRoot(frame.file().substring(0, at + "/src/".length()));
      }
    }
    return new GoRoot(null);
  }

  boolean holds(Frame frame) {
    String function = frame.function();
    if (root != null && !frame.file().isEmpty()) {
      return frame.file().startsWith(root) && !function.startsWith("main.");
    }
    int slash = function.indexOf('/');
    String first = slash < 0 ? function : function.substring(0, slash);
    return slash < 0
        ? first.startsWith("runtime.") || first.startsWith("<") || first.startsWith("[")
        : first.indexOf('.') < 0;
  }
}
