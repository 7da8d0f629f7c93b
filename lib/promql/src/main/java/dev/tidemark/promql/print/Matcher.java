package dev.tidemark.promql.print;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Predicate;

/**
 * One condition of a selector.
 *
 * @param label a label name; one that is not {@code [a-zA-Z_][a-zA-Z0-9_]*} is written in quotes,
 *     which only 3.0 and newer read
 * @param op how the label is compared
 * @param value any text; for {@link Op#RE} and {@link Op#NOT_RE} a regular expression of RE2
 */
public record Matcher(String label, Op op, String value) {
  /** How a matcher compares. */
  public enum Op {
    EQ("="),
    NOT_EQ("!="),
    RE("=~"),
    NOT_RE("!~");

    private final String sign;

    Op(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  public Matcher {
    if (label.isEmpty()) {
      throw new IllegalArgumentException("a label's name is empty");
    }
  }

  /** Of a label name that every release reads; IllegalArgumentException for another. */
  public static Matcher equal(String label, String value) {
    return new Matcher(everywhere(label), Op.EQ, value);
  }

  /** As {@link #equal}. */
  public static Matcher notEqual(String label, String value) {
    return new Matcher(everywhere(label), Op.NOT_EQ, value);
  }

  private static String everywhere(String label) {
    if (!isLabelName(label)) {
      throw new IllegalArgumentException("no label name: " + PromQl.quote(label));
    }
    return label;
  }

  /** Whether Prometheus before 3.0 takes this as the name of a label. */
  public static boolean isLabelName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** What a label's value must be to pass; a regular expression that is none matches nothing. */
  public Predicate<String> passes() {
    return switch (op) {
      case EQ -> value::equals;
      case NOT_EQ -> text -> !text.equals(value);
      case RE -> whole();
      case NOT_RE -> whole().negate();
    };
  }

  private Predicate<String> whole() {
    try {
      return Pattern.compile("(?s:" + value + ")")::matches;
    } catch (PatternSyntaxException e) {
      return text -> false;
    }
  }

  /** Whether a series with this value may be selected by an empty label too. */
  boolean matchesEmpty() {
    return switch (op) {
      case EQ -> value.isEmpty();
      case NOT_EQ -> !value.isEmpty();
      // a regular expression may match nothing at all; only the engine knows
      case RE, NOT_RE -> true;
    };
  }

  void appendTo(StringBuilder text) {
    if (isLabelName(label)) {
      text.append(label);
    } else {
      PromQl.quote(text, label);
    }
    text.append(op.sign());
    PromQl.quote(text, value);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    appendTo(text);
    return text.toString();
  }
}
