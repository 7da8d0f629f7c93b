package dev.tidemark.exporter;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What PromQL and its dialects have in common, whatever else a server adds: brackets come in pairs,
 * quotes are closed, an operator has something behind it. Names may hold escapes ({@code foo\-bar},
 * MetricsQL).
 *
 * @param at index of the character that is wrong
 * @param wrong what is wrong with it; empty where nothing is
 */
record Outline(int at, String wrong) {
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  /** No server has them outside of quotes. */
  private static final String STRANGE = "&|;?";

  /** What needs something behind it. */
  private static final String UNENDED = "+-*/%^=<>!~@,";

  static Outline of(String text) {
    Deque<Integer> open = new ArrayDeque<>();
    int last = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '#') {
        i = lineEnd(text, i);
        continue;
      }
      if (Character.isWhitespace(c)) {
        continue;
      }
      last = i;
      if (c == '\\') {
        i++; // a character of a name
      } else if (c == '"' || c == '\'' || c == '`') {
        i = closing(text, i);
        if (i < 0) {
          return new Outline(last, "nothing closes " + c);
        }
      } else if (OPENING.indexOf(c) >= 0) {
        open.push(i);
      } else if (CLOSING.indexOf(c) >= 0) {
        if (open.isEmpty()) {
          return new Outline(i, "nothing opens \"" + c + "\"");
        }
        int start = open.pop();
        if (OPENING.indexOf(text.charAt(start)) != CLOSING.indexOf(c)) {
          return new Outline(i, "\"%s\" closes \"%s\"".formatted(c, text.charAt(start)));
        }
      } else if (STRANGE.indexOf(c) >= 0) {
        return new Outline(i, "unexpected character \"" + c + "\"");
      }
    }
    if (!open.isEmpty()) {
      return new Outline(open.peek(), "nothing closes \"" + text.charAt(open.peek()) + "\"");
    }
    if (last < 0) {
      return new Outline(text.length(), "the expression is empty");
    }
    return UNENDED.indexOf(text.charAt(last)) >= 0
        ? new Outline(last, "nothing is behind \"" + text.charAt(last) + "\"")
        : new Outline(0, "");
  }

  boolean isBroken() {
    return !wrong.isEmpty();
  }

  /** {@code line:column}, both from 1. */
  String place(String text) {
    int start = text.lastIndexOf('\n', at - 1) + 1;
    long line = 1 + text.substring(0, start).chars().filter(c -> c == '\n').count();
    return line + ":" + (1 + text.codePointCount(start, at));
  }

  private static int lineEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** Index of the quote that closes the one here; -1 where there is none. */
  private static int closing(String text, int start) {
    char quote = text.charAt(start);
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i;
      }
      if (quote != '`' && c == '\\') {
        i++;
      } else if (quote != '`' && c == '\n') {
        return -1;
      }
    }
    return -1;
  }
}
