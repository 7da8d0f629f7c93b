package dev.tidemark.promql.print;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Puts texts from elsewhere into PromQL. Pure functions; safe on any input. */
public final class PromQl {
  private static final String REGEX_SIGNS = "\\.+*?()|[]{}^$";

  private PromQl() {}

  /**
   * A string literal in double quotes that Prometheus reads back as exactly this text. What cannot
   * be seen or would turn the line around (control and format characters, U+FFFD, which the lexer
   * takes for broken UTF-8) is written as an escape; half a surrogate pair becomes U+FFFD.
   *
   * <p>Good for queries. A rule cannot hold U+FFFD even so: Prometheus prints rules and parses them
   * again, and prints it bare.
   *
   * <p>Syntax: promql/parser/lex.go and util/strutil/quote.go of Prometheus 2.42.
   */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2);
    quote(quoted, text);
    return quoted.toString();
  }

  /** As {@link #quote(String)}, at the end of a text. */
  static void quote(StringBuilder quoted, String text) {
    quoted.append('"');
    if (isPlain(text)) {
      // nearly every text is, and a fleet of rules has millions
      quoted.append(text).append('"');
      return;
    }
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      append(quoted, c);
    }
    quoted.append('"');
  }

  /** A regular expression of RE2 that matches exactly this text; quote it before use. */
  public static String literalRegex(String text) {
    StringBuilder regex = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (REGEX_SIGNS.indexOf(c) >= 0) {
        regex.append('\\');
      }
      regex.append(c);
    }
    return regex.toString();
  }

  /** Series of a metric whose labels equal these, in the order of the map. */
  public static String selector(String metric, Map<String, String> equal) {
    List<Matcher> matchers =
        equal.entrySet().stream().map(e -> Matcher.equal(e.getKey(), e.getValue())).toList();
    return selector(metric, matchers);
  }

  /**
   * Series of a metric that match all of these. A name that is no plain metric name is written as a
   * matcher of {@code __name__}; an empty name selects every metric.
   *
   * @throws IllegalArgumentException when nothing is asked for that a series must have: Prometheus
   *     refuses to select everything
   */
  public static String selector(String metric, Collection<Matcher> matchers) {
    boolean plain = isMetricName(metric);
    if (metric.isEmpty() && matchers.stream().allMatch(Matcher::matchesEmpty)) {
      throw new IllegalArgumentException("a selector without a metric needs a matcher");
    }
    String conditions = conditions(matchers);
    if (plain) {
      return conditions.isEmpty() ? metric : metric + "{" + conditions + "}";
    }
    String name = metric.isEmpty() ? "" : Matcher.equal("__name__", metric).toString();
    String comma = name.isEmpty() || conditions.isEmpty() ? "" : ", ";
    return "{" + name + comma + conditions + "}";
  }

  /** Conditions as they stand between braces. */
  public static String conditions(Collection<Matcher> matchers) {
    StringBuilder conditions = new StringBuilder();
    conditions(conditions, matchers);
    return conditions.toString();
  }

  /** As {@link #conditions(Collection)}, at the end of a text. */
  public static void conditions(StringBuilder text, Collection<Matcher> matchers) {
    int begin = text.length();
    for (Matcher matcher : matchers) {
      if (text.length() > begin) {
        text.append(", ");
      }
      matcher.appendTo(text);
    }
  }

  /** Whether every release takes this as the name of a metric where it stands alone. */
  public static boolean isMetricName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether each character stands for itself. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder out, int c) {
    if (c > ' ' && c < 0x7F && c != '"' && c != '\\') {
      out.append((char) c);
      return;
    }
    switch (c) {
      case '"', '\\' -> out.append('\\').append((char) c);
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      case 0xFFFD -> out.append("\\ufffd");
      default -> {
        if (Character.getType(c) == Character.SURROGATE) {
          out.append("\\ufffd");
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else if (c < 0x80) {
          out.append(String.format("\\x%02x", c));
        } else if (c <= 0xFFFF) {
          out.append(String.format("\\u%04x", c));
        } else {
          out.append(String.format("\\U%08x", c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
