package dev.tidemark.diagnosis.goroutine;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells Go's runtime and standard library from everyone else's code. */
final class StandardLibrary {
  /** First elements of its import paths: the folders of Go's src, 1.10 to 1.27. */
  private static final Set<String> ROOTS =
      Set.of(
          "archive",
          "bufio",
          "builtin",
          "bytes",
          "cmp",
          "compress",
          "container",
          "context",
          "crypto",
          "database",
          "debug",
          "embed",
          "encoding",
          "errors",
          "expvar",
          "flag",
          "fmt",
          "go",
          "hash",
          "html",
          "image",
          "index",
          "internal",
          "io",
          "iter",
          "log",
          "maps",
          "math",
          "mime",
          "net",
          "os",
          "path",
          "plugin",
          "reflect",
          "regexp",
          "runtime",
          "simd",
          "slices",
          "sort",
          "strconv",
          "strings",
          "structs",
          "sync",
          "syscall",
          "testing",
          "text",
          "time",
          "unicode",
          "unique",
          "unsafe",
          "uuid",
          "vendor",
          "weak");

  private StandardLibrary() {}

  /**
   * Whether a function of the standard library started a group: it knows nothing of the group's.
   */
  static boolean began(StackGroup group) {
    Frame by = group.createdBy();
    return by != null && holds(by);
  }

  static boolean holds(Frame frame) {
    String path = frame.packagePath();
    if (path.equals("panic")) {
      return true;
    }
    int slash = path.indexOf('/');
    String root = slash < 0 ? path : path.substring(0, slash);
    return ROOTS.contains(root) && (root.equals("runtime") || liesThere(frame.file(), path));
  }

  /**
   * A team's own module may be called {@code log}: then its files lie elsewhere. Some functions of
   * other packages are written in the runtime's files (go:linkname), or in C.
   */
  private static boolean liesThere(@Nullable String file, String path) {
    return file == null
        || file.startsWith(path + "/")
        || file.contains("/src/" + path + "/")
        || file.startsWith("runtime/")
        || file.contains("/src/runtime/")
        || file.contains("/src/internal/runtime/")
        || file.startsWith("internal/runtime/")
        || !file.endsWith(".go");
  }
}
