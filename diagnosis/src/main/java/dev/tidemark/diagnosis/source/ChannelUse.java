package dev.tidemark.diagnosis.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a line of Go does with a channel. Not a parser: it looks at what stands beside {@code <-},
 * {@code range} and {@code close}.
 *
 * @param channel as it is written, without its indexes and arguments: {@code w.quit}
 */
record ChannelUse(Kind kind, String channel) {
  enum Kind {
    SEND,
    RECEIVE,
    RANGE,
    CLOSE;

    /** Whether who does this can end the other's wait. */
    boolean ends(Kind wait) {
      return switch (this) {
        case SEND, CLOSE -> wait == RECEIVE || wait == RANGE;
        case RECEIVE, RANGE -> wait == SEND;
      };
    }
  }

  private static final String ARROW = "<-";
  private static final Pattern RANGE = Pattern.compile("\\bfor\\b([^;{]*)\\brange\\b");
  private static final Pattern CLOSE = Pattern.compile("(?<![\\w.])close\\(");

  /** Words that may stand before an arrow and are no channel. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "break",
          "case",
          "chan",
          "const",
          "continue",
          "default",
          "defer",
          "else",
          "fallthrough",
          "for",
          "func",
          "go",
          "goto",
          "if",
          "import",
          "interface",
          "map",
          "package",
          "range",
          "return",
          "select",
          "struct",
          "switch",
          "type",
          "var");

  /** The last part of the name, by which other functions know a field, too. */
  String name() {
    return channel.substring(channel.lastIndexOf('.') + 1);
  }

  boolean isField() {
    return channel.indexOf('.') >= 0;
  }

  /** Whether it ends the other's wait, as far as names tell. */
  boolean ends(ChannelUse wait) {
    return kind.ends(wait.kind) && name().equals(wait.name());
  }

  /** All uses in a line, or a part of one; texts and comments in it are none. */
  static List<ChannelUse> in(String line) {
    List<ChannelUse> uses = new ArrayList<>(1);
    String code = code(line);
    for (int at = code.indexOf(ARROW); at >= 0; at = code.indexOf(ARROW, at + ARROW.length())) {
      arrow(code, at, uses);
    }
    Matcher range = RANGE.matcher(code);
    while (range.find()) {
      if (range.group(1).indexOf(',') < 0) { // an element of a channel comes without an index
        add(uses, Kind.RANGE, after(code, range.end()));
      }
    }
    Matcher close = CLOSE.matcher(code);
    while (close.find()) {
      add(uses, Kind.CLOSE, after(code, close.end()));
    }
    return uses;
  }

  private static void arrow(String code, int at, List<ChannelUse> uses) {
    String left = before(code, at);
    String right = after(code, at + ARROW.length());
    boolean type = "chan".equals(left) || "chan".equals(right);
    if (!type && left != null && !KEYWORDS.contains(left)) {
      add(uses, Kind.SEND, left);
    } else if (!type) {
      add(uses, Kind.RECEIVE, right);
    }
  }

  private static void add(List<ChannelUse> uses, Kind kind, @Nullable String channel) {
    boolean ticker = channel != null && channel.endsWith(".C"); // only the clock sends there
    if (channel != null && !ticker && !KEYWORDS.contains(channel)) {
      uses.add(new ChannelUse(kind, channel));
    }
  }

  /** The operand that ends before a place; null when none does. */
  private static @Nullable String before(String code, int end) {
    String name = "";
    int at = end;
    boolean called = false;
    while (true) {
      at = skipBlanksBack(code, at);
      char c = at == 0 ? ' ' : code.charAt(at - 1);
      if (c == ')' || c == ']') {
        called |= c == ')' && name.isEmpty();
        at = opening(code, at - 1);
        if (at > 0 && code.charAt(at - 1) == '.') { // x.(chan int)
          called = false;
          at--;
        }
        continue;
      }
      int start = at;
      while (start > 0 && isWord(code.charAt(start - 1))) {
        start--;
      }
      if (start == at || Character.isDigit(code.charAt(start))) {
        return null;
      }
      name = code.substring(start, at) + (called && name.isEmpty() ? "()" : "") + name;
      if (start == 0 || code.charAt(start - 1) != '.') {
        return name;
      }
      name = "." + name;
      at = start - 1;
    }
  }

  /** The operand that begins behind a place; null when none does. */
  private static @Nullable String after(String code, int from) {
    int at = from;
    while (at < code.length() && " \t(*&".indexOf(code.charAt(at)) >= 0) {
      at++;
    }
    StringBuilder name = new StringBuilder();
    while (true) {
      int end = at;
      while (end < code.length() && isWord(code.charAt(end))) {
        end++;
      }
      if (end == at || Character.isDigit(code.charAt(at))) {
        return null;
      }
      name.append(code, at, end);
      boolean called = false;
      while (end < code.length() && "([".indexOf(code.charAt(end)) >= 0) {
        called |= code.charAt(end) == '(';
        end = closing(code, end);
      }
      boolean more =
          end + 1 < code.length() && code.charAt(end) == '.' && isWord(code.charAt(end + 1));
      if (!more) {
        return called ? name + "()" : name.toString();
      }
      name.append('.');
      at = end + 1;
    }
  }

  private static int skipBlanksBack(String code, int from) {
    int at = from;
    while (at > 0 && (code.charAt(at - 1) == ' ' || code.charAt(at - 1) == '\t')) {
      at--;
    }
    return at;
  }

  /** Where the bracket opens that closes at a place; the start of the line when not in it. */
  private static int opening(String code, int close) {
    int depth = 0;
    for (int i = close; i >= 0; i--) {
      char c = code.charAt(i);
      depth += c == ')' || c == ']' ? 1 : c == '(' || c == '[' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return 0;
  }

  /** Behind the bracket that closes what opens at a place; the end of the line when not in it. */
  private static int closing(String code, int open) {
    int depth = 0;
    for (int i = open; i < code.length(); i++) {
      char c = code.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return code.length();
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  /** The line with blanks for what is within quotes, and without comments. */
  static String code(String line) {
    StringBuilder code = new StringBuilder(line.length());
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          code.append(' ');
          i++;
        }
        quote = c == quote ? 0 : quote;
        code.append(quote == 0 && c != '\\' ? c : ' ');
      } else if (line.startsWith("//", i)) {
        break;
      } else if (line.startsWith("/*", i)) {
        int end = line.indexOf("*/", i + 2);
        i = end < 0 ? line.length() : end + 1;
        code.append(' ');
      } else {
        quote = "\"'`".indexOf(c) >= 0 ? c : 0;
        code.append(c);
      }
    }
    return code.toString();
  }
}
