package dev.tidemark.diagnosis.goroutine;

import org.jspecify.annotations.Nullable;

/** A function as Go prints it, with package path and receiver, and where in it; null: not known. */
public record Frame(String function, @Nullable String file, @Nullable Integer line) {
  /** The package path: {@code net/http} of {@code net/http.(*conn).serve}. */
  String packagePath() {
    int end = function.length();
    for (int i = 0; i < end; i++) {
      if (function.charAt(i) == '(' || function.charAt(i) == '[') {
        end = i;
      }
    }
    int slash = function.lastIndexOf('/', end - 1);
    int dot = function.indexOf('.', slash + 1);
    return dot < 0 || dot > end ? function.substring(0, end) : function.substring(0, dot);
  }
}
