package dev.tidemark.exporter.source;

import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.prometheus.LabelMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of PromQL that is evaluated here. Anything else is for the server to evaluate, not
 * wrong. The methods are named as the rules they read:
 *
 * <pre>{@code
 * ways       = "max by ($target) (" unless ")" { "or" "max by ($target) (" unless ")" }
 * unless     = comparison { "unless" comparison }
 * comparison = sum { ("<" | "<=" | ">" | ">=" | "==" | "!=") number }
 * sum        = product { ("+" | "-") product }
 * product    = atom { ("*" | "/") atom }
 * atom       = "(" unless ")" | number | metric
 * metric     = name [ "{" [ label ("=" | "!=" | "=~" | "!~") text { "," … } ] "}" ]
 * }</pre>
 *
 * Numbers have no sign in front, and what is made of numbers alone is one.
 */
final class FormulaParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\\w.:]))"
              + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "|(?<text>\"[^\"\\\\\\n]*\"|'[^'\\\\\\n]*')"
              + "|(?<sign>[<>=!]=|=~|!~|[-+*/<>=(){},]))");

  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "==", "!=");

  /** The tokens each way begins with. */
  private static final String[] BEGIN =
      "max by ( %s ) (".formatted(TargetKey.GROUPING.replace(",", " ,")).split(" ");

  /** What is no metric where one could stand. */
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "atan2",
          "bool",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "offset",
          "by",
          "without",
          "inf",
          "nan");

  /** Says that the text is none of this. */
  private static final class Other extends Exception {
    private static final long serialVersionUID = 1;

    Other() {
      super("not evaluated here", null, false, false);
    }
  }

  private interface Part<T> {
    T read() throws Other;
  }

  private final List<String> tokens = new ArrayList<>();
  private int next;

  /** Without tokens where any of the text is none: no rule reads nothing. */
  private FormulaParser(String expr) {
    String text = expr.strip();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.lookingAt()) {
      tokens.add(matcher.group().strip());
      matcher.region(matcher.end(), text.length());
    }
    if (matcher.regionStart() < text.length()) {
      tokens.clear();
    }
  }

  /** The formulas whose largest value by target counts, best first; empty where it is otherwise. */
  static List<Formula> ways(String expr) {
    FormulaParser parser = new FormulaParser(expr);
    return parser.whole(parser::ways).orElse(List.of());
  }

  /** A selector with a metric name. */
  static Optional<Formula.Metric> metric(String selector) {
    FormulaParser parser = new FormulaParser(selector);
    return parser.whole(parser::metric);
  }

  private <T> Optional<T> whole(Part<T> part) {
    try {
      T read = part.read();
      return next == tokens.size() ? Optional.of(read) : Optional.empty();
    } catch (Other e) {
      return Optional.empty();
    }
  }

  private List<Formula> ways() throws Other {
    List<Formula> ways = new ArrayList<>();
    do {
      for (String token : BEGIN) {
        expect(token);
      }
      Formula way = unless();
      expect(")");
      if (way.metrics().isEmpty()) {
        throw new Other();
      }
      ways.add(way);
    } while (took("or"));
    return ways;
  }

  private Formula unless() throws Other {
    Formula left = comparison();
    while (took("unless")) {
      Formula right = comparison();
      if (left instanceof Formula.Constant || right instanceof Formula.Constant) {
        throw new Other();
      }
      left = new Formula.Unless(left, right);
    }
    return left;
  }

  private Formula comparison() throws Other {
    Formula left = sum();
    while (COMPARISONS.contains(peek())) {
      String operator = take();
      if (left instanceof Formula.Constant || !(sum() instanceof Formula.Constant bound)) {
        throw new Other();
      }
      left = new Formula.Filter(left, operator, bound.value());
    }
    return left;
  }

  private Formula sum() throws Other {
    Formula left = product();
    while (peek().equals("+") || peek().equals("-")) {
      left = arithmetic(left, take(), product());
    }
    return left;
  }

  private Formula product() throws Other {
    Formula left = atom();
    while (peek().equals("*") || peek().equals("/")) {
      left = arithmetic(left, take(), atom());
    }
    return left;
  }

  private static Formula arithmetic(Formula left, String operator, Formula right) {
    Formula.Arithmetic both = new Formula.Arithmetic(left, operator.charAt(0), right);
    return left instanceof Formula.Constant a && right instanceof Formula.Constant b
        ? new Formula.Constant(both.of(a.value(), b.value()))
        : both;
  }

  private Formula atom() throws Other {
    if (took("(")) {
      Formula inner = unless();
      expect(")");
      return inner;
    }
    return !peek().isEmpty() && Character.isDigit(peek().charAt(0))
        ? new Formula.Constant(Double.parseDouble(take()))
        : metric();
  }

  private Formula.Metric metric() throws Other {
    String name = name();
    if (WORDS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new Other();
    }
    List<LabelMatcher> matchers = new ArrayList<>();
    if (took("{")) {
      while (!took("}")) {
        matchers.add(matcher());
        if (!peek().equals("}")) {
          expect(",");
        }
      }
    }
    return new Formula.Metric(name, matchers);
  }

  private LabelMatcher matcher() throws Other {
    String label = name();
    String operator = take();
    String value = take();
    for (LabelMatcher.Operator each : LabelMatcher.Operator.values()) {
      if (each.text().equals(operator) && (value.startsWith("\"") || value.startsWith("'"))) {
        return new LabelMatcher(label, each, value.substring(1, value.length() - 1));
      }
    }
    throw new Other();
  }

  private String name() throws Other {
    String name = take();
    if (!Character.isLetter(name.charAt(0)) && !name.startsWith("_") && !name.startsWith(":")) {
      throw new Other();
    }
    return name;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String take() throws Other {
    if (next == tokens.size()) {
      throw new Other();
    }
    return tokens.get(next++);
  }

  private boolean took(String token) {
    boolean found = peek().equals(token);
    next += found ? 1 : 0;
    return found;
  }

  private void expect(String token) throws Other {
    if (!took(token)) {
      throw new Other();
    }
  }
}
