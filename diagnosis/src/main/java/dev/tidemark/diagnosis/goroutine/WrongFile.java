package dev.tidemark.diagnosis.goroutine;

import java.util.List;

/** Says what a file that holds no goroutine dump seems to be. */
final class WrongFile {
  private static final String WANTED =
      "; needs the output of /debug/pprof/goroutine?debug=2 or debug=1, or of a panic";

  private WrongFile() {}

  static String describe(List<String> firstLines, long bytes) {
    if (bytes == 0) {
      return "is empty" + WANTED;
    }
    String start = String.join("\n", firstLines);
    if (start.contains("Unknown profile")) {
      return "says \"Unknown profile\": that Go version does not have this profile";
    }
    if (start.contains("heap profile: ")) {
      return "is a heap profile" + WANTED;
    }
    if (start.regionMatches(true, 0, "<!doctype", 0, 9) || start.startsWith("<html")) {
      return "is an HTML page" + WANTED;
    }
    boolean binary = start.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r');
    return (binary ? "is binary, perhaps a pprof profile" : "holds no goroutine dump") + WANTED;
  }
}
