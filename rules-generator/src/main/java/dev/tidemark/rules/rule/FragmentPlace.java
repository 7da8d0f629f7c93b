package dev.tidemark.rules.rule;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;

/**
 * Where a character of a value stands in the file it was read from. YAML folds lines, indents
 * blocks and escapes quotes, so value and file are walked side by side, all white space alike.
 */
public final class FragmentPlace {
  private FragmentPlace() {}

  /** The place of the character, or of the value where the two do not run alike. */
  public static Place of(Placed<String> value, int offset, List<SpecText> texts) {
    Place start = value.place();
    for (SpecText text : texts) {
      if (text.file().equals(start.file()) && start.line() > 0) {
        int from = index(text.text(), start);
        int found = from < 0 ? -1 : walk(value.value(), offset, text.text(), from);
        return found < 0 ? start : place(start.file(), text.text(), found);
      }
    }
    return start;
  }

  private static int walk(String value, int offset, String file, int from) {
    int at = from;
    char first = at < file.length() ? file.charAt(at) : ' ';
    if (first == '"' || first == '\'') {
      at++;
    } else if (first == '|' || first == '>') {
      at = Math.max(at, file.indexOf('\n', at));
    }
    at = skipWhite(file, at);
    int i = skipWhite(value, 0);
    while (i < offset) {
      if (Character.isWhitespace(value.charAt(i))) {
        i = skipWhite(value, i);
        at = skipWhite(file, at);
        continue;
      }
      if ((first == '"' && starts(file, at, '\\')) || (first == '\'' && starts(file, at, '\''))) {
        at++;
      }
      if (!starts(file, at, value.charAt(i))) {
        return -1;
      }
      at++;
      i++;
    }
    // the end of a value is where its last character ends
    return i > offset ? -1 : at;
  }

  private static boolean starts(String text, int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private static int skipWhite(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int index(String text, Place place) {
    int start = 0;
    for (int line = 1; line < place.line(); line++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return -1;
      }
    }
    int end = text.indexOf('\n', start);
    int length = text.codePointCount(start, end < 0 ? text.length() : end);
    return place.column() - 1 > length ? -1 : text.offsetByCodePoints(start, place.column() - 1);
  }

  private static Place place(String file, String text, int at) {
    int line = 1 + (int) text.chars().limit(at).filter(c -> c == '\n').count();
    int start = text.lastIndexOf('\n', at - 1) + 1;
    return new Place(file, line, 1 + text.codePointCount(Math.min(start, at), at));
  }
}
