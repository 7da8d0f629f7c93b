package dev.tidemark.rules;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Problem;
import java.util.List;

/** A problem with the line it stands on and carets below the fragment. */
final class ProblemText {
  private static final int BEFORE = 60;
  private static final int WIDTH = 120;

  private ProblemText() {}

  static String of(Problem problem, List<SpecText> texts) {
    return of(problem, 0, texts);
  }

  /**
   * @param length of the fragment in characters; 0 where it is a whole value of YAML
   */
  static String of(Problem problem, int length, List<SpecText> texts) {
    String head = problem.toString();
    for (SpecText text : texts) {
      if (text.file().equals(problem.place().file()) && problem.place().line() > 0) {
        return head + excerpt(text.text(), problem, length);
      }
    }
    return head;
  }

  private static String excerpt(String text, Problem problem, int length) {
    int line = problem.place().line();
    int column = problem.place().column();
    String found = line(text, line);
    if (found.codePointCount(0, found.length()) < column) {
      return "";
    }
    int start = found.offsetByCodePoints(0, Math.max(0, column - 1));
    int from = start <= BEFORE ? 0 : start - BEFORE;
    if (from > 0 && Character.isLowSurrogate(found.charAt(from))) {
      from++;
    }
    int to = Math.min(found.length(), from + WIDTH);
    if (to < found.length() && Character.isLowSurrogate(found.charAt(to))) {
      to--;
    }
    int end = Math.min(length > 0 ? start + length : fragment(found, start), to);
    String number = String.valueOf(line);
    String before = found.substring(from, start);
    return "\n  "
        + number
        + " | "
        + visible(found.substring(from, to))
        + "\n  "
        + " ".repeat(number.length())
        + " | "
        + " ".repeat(before.codePointCount(0, before.length()))
        + "^".repeat(Math.max(1, found.codePointCount(start, Math.max(start, end))));
  }

  private static String line(String text, int line) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return "";
      }
    }
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end).stripTrailing();
  }

  /** Where a YAML value that starts here ends, near enough for a caret. */
  private static int fragment(String line, int start) {
    if (start >= line.length()) {
      return start;
    }
    char first = line.charAt(start);
    if (first == '"' || first == '\'') {
      int end = line.indexOf(first, start + 1);
      return end < 0 ? line.length() : end + 1;
    }
    if (first == '{' || first == '[') {
      return start + 1;
    }
    int end = start;
    while (end < line.length() && ",]}#".indexOf(line.charAt(end)) < 0) {
      if (line.charAt(end) == ':' && (end + 1 == line.length() || line.charAt(end + 1) == ' ')) {
        break;
      }
      end++;
    }
    while (end > start + 1 && line.charAt(end - 1) == ' ') {
      end--;
    }
    return end;
  }

  private static String visible(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean hidden =
                  Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
              shown.appendCodePoint(hidden ? ' ' : c);
            });
    return shown.toString();
  }
}
