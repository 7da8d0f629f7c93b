package dev.tidemark.webhook.playbook;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;

/**
 * A condition on a label, in Alertmanager's matcher syntax: {@code alertname="X"}, {@code a!="b"},
 * {@code a=~"x|y"}, {@code a!~"x"}; the value may stand without quotes. Regular expressions are RE2
 * and match the whole value; an absent label equals an empty one. Syntax: alertmanager,
 * pkg/labels/parse.go.
 */
public final class AlertMatcher {
  private static final java.util.regex.Pattern SYNTAX =
      java.util.regex.Pattern.compile(
          "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s\"{},=!~]*)\\s*",
          java.util.regex.Pattern.DOTALL);

  private final String text;
  private final String label;
  private final boolean negated;
  private final String value;
  private final Pattern regex;

  private AlertMatcher(String text, String label, boolean negated, String value, Pattern regex) {
    this.text = text;
    this.label = label;
    this.negated = negated;
    this.value = value;
    this.regex = regex;
  }

  /** Reads one matcher; IllegalArgumentException says what is wrong. */
  public static AlertMatcher parse(String text) {
    java.util.regex.Matcher parts = SYNTAX.matcher(text);
    if (text.length() > 10_000 || !parts.matches()) {
      throw new IllegalArgumentException(
          "found "
              + shown(text)
              + ", needs a matcher such as alertname=\"GoGoroutineLeak\" or severity!=\"info\"");
    }
    String op = part(parts, 2);
    String value = unquoted(part(parts, 3));
    String pattern = op.endsWith("~") ? value : Pattern.quote(value);
    try {
      return new AlertMatcher(
          text.strip(),
          part(parts, 1),
          op.startsWith("!"),
          value,
          Pattern.compile(pattern, Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the regular expression of " + shown(text) + " is wrong: " + e.getMessage(), e);
    }
  }

  public boolean matches(Map<String, String> labels) {
    return regex.matches(labels.getOrDefault(label, "")) != negated;
  }

  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AlertMatcher matcher
        && matcher.label.equals(label)
        && matcher.negated == negated
        && matcher.value.equals(value)
        && matcher.regex.pattern().equals(regex.pattern());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  private static String part(java.util.regex.Matcher parts, int group) {
    String found = parts.group(group);
    return found == null ? "" : found;
  }

  private static String unquoted(String raw) {
    if (!raw.startsWith("\"")) {
      return raw;
    }
    StringBuilder value = new StringBuilder();
    for (int i = 1; i < raw.length() - 1; i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        value.append(c);
        continue;
      }
      char next = raw.charAt(++i);
      switch (next) {
        case 'n' -> value.append('\n');
        case '"' -> value.append('"');
        case '\\' -> value.append('\\');
        default -> value.append('\\').append(next);
      }
    }
    return value.toString();
  }

  private static String shown(String text) {
    return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
  }
}
