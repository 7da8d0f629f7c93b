package dev.tidemark.rules.output;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes maps, lists, texts, whole numbers and booleans as YAML that go-yaml reads back as the
 * same. Every text is quoted, so none turns into a number, a boolean or a structure; the same
 * document gives the same bytes.
 */
public final class YamlText {
  private static final int SHORTEST_PLAIN = 3;
  private static final Set<String> WORDS = Set.of("yes", "off", "true", "false", "null");

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /** The document, below a comment of one line. */
  public static String of(String comment, Map<String, ?> document) {
    YamlText text = new YamlText();
    text.out.append("# ").append(comment).append('\n');
    text.mapping(document, 0, true);
    return text.out.toString();
  }

  private void mapping(Map<?, ?> map, int depth, boolean onNewLine) {
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first || onNewLine) {
        indent(depth);
      }
      first = false;
      String key = String.valueOf(entry.getKey());
      if (isPlain(key)) {
        out.append(key);
      } else {
        quote(key);
      }
      out.append(':');
      value(entry.getValue(), depth);
    }
  }

  private void sequence(List<?> list, int depth) {
    for (Object item : list) {
      indent(depth);
      out.append('-');
      if (item instanceof Map<?, ?> map && !map.isEmpty()) {
        out.append(' ');
        mapping(map, depth + 1, false);
      } else {
        value(item, depth);
      }
    }
  }

  private void value(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      if (map.isEmpty()) {
        out.append(" {}\n");
      } else {
        out.append('\n');
        mapping(map, depth + 1, true);
      }
    } else if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        out.append(" []\n");
      } else {
        out.append('\n');
        sequence(list, depth + 1);
      }
    } else if (value instanceof Boolean || value instanceof Long) {
      out.append(' ').append(value).append('\n');
    } else if (value instanceof String text) {
      out.append(' ');
      quote(text);
      out.append('\n');
    } else {
      throw new IllegalArgumentException("no YAML for " + value.getClass());
    }
  }

  private void indent(int depth) {
    for (int i = 0; i < depth; i++) {
      out.append("  ");
    }
  }

  /** Three small letters or more, and no word that YAML reads as something else. */
  private static boolean isPlain(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if ((c < 'a' || c > 'z') && (c != '_' || i == 0)) {
        return false;
      }
    }
    return key.length() >= SHORTEST_PLAIN && !WORDS.contains(key);
  }

  /** As {@link #quoted}, without another copy: nearly all that is written is plain. */
  private void quote(String text) {
    if (text.indexOf('\'') < 0 && isVisible(text)) {
      out.append('\'').append(text).append('\'');
    } else {
      out.append(quoted(text));
    }
  }

  /**
   * In single quotes where every character can be seen, which reads best; else in double quotes.
   */
  public static String quoted(String text) {
    if (isVisible(text)) {
      return "'" + text.replace("'", "''") + "'";
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c == '\n') {
                quoted.append("\\n");
              } else if (Character.getType(c) == Character.SURROGATE) {
                // half a character is none, and UTF-8 cannot hold it
                quoted.append("\\uFFFD");
              } else if (isVisible(c)) {
                quoted.appendCodePoint(c);
              } else if (c <= 0xFF) {
                quoted.append(String.format("\\x%02X", c));
              } else if (c <= 0xFFFF) {
                quoted.append(String.format("\\u%04X", c));
              } else {
                quoted.append(String.format("\\U%08X", c));
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        // nearly all that is written is plain
        return text.codePoints().skip(i).allMatch(YamlText::isVisible);
      }
    }
    return true;
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> c != 0xFFFD;
    };
  }
}
