package dev.tidemark.promql.parse;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.Matcher.Op;
import dev.tidemark.promql.type.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads {@code name{label="value", …}}. */
final class SelectorReader {
  private static final String NAME = "__name__";

  /** Words that no release takes as a metric's name. */
  private static final Set<String> NO_NAMES =
      Set.of("bool", "on", "ignoring", "group_left", "group_right", "atan2");

  private static final java.util.regex.Pattern LONE_BRACE =
      java.util.regex.Pattern.compile("(?<!\\\\)(?<!\\\\[pPx])\\{(?!\\d+(?:,\\d*)?\\})");

  private static final java.util.regex.Pattern NAMED_GROUP =
      java.util.regex.Pattern.compile("(?<!\\\\)\\(\\?<[A-Za-z_]");

  private final Tokens tokens;

  SelectorReader(Tokens tokens) {
    this.tokens = tokens;
  }

  VectorSelector read() throws ParseException {
    Token first = tokens.peek();
    String name = "";
    if (first.kind() == Token.Kind.WORD) {
      if (NO_NAMES.contains(first.text().toLowerCase(Locale.ROOT))) {
        throw tokens.expected("an expression");
      }
      name = tokens.take().text();
    }
    List<Matcher> matchers = new ArrayList<>();
    if (name.isEmpty() || tokens.peek().is("{")) {
      matchers(matchers);
    }
    return selector(first, name, matchers);
  }

  /** What info takes: matchers alone, also ones that would select everything. */
  VectorSelector readData() throws ParseException {
    List<Matcher> matchers = new ArrayList<>();
    matchers(matchers);
    return VectorSelector.of("", matchers);
  }

  private VectorSelector selector(Token first, String name, List<Matcher> matchers)
      throws ParseException {
    List<Matcher> names = matchers.stream().filter(m -> m.label().equals(NAME)).toList();
    if (!name.isEmpty() && !names.isEmpty()) {
      throw tokens.wrong(
          first.start(), "the metric's name is set twice: " + name + " and " + names.get(0));
    }
    if (names.size() == 1 && names.get(0).op() == Op.EQ && !names.get(0).value().isEmpty()) {
      matchers.removeAll(names); // {__name__="a"} is a
      return VectorSelector.of(names.get(0).value(), matchers);
    }
    if (name.isEmpty() && matchers.stream().allMatch(SelectorReader::selectsEmpty)) {
      throw tokens.wrong(
          first.start(),
          tokens.lastEnd(),
          "the selector needs a name or a matcher that no empty label matches");
    }
    return VectorSelector.of(name, matchers);
  }

  private void matchers(List<Matcher> matchers) throws ParseException {
    tokens.take("{");
    while (!tokens.takeIf("}")) {
      matchers.add(matcher());
      if (!tokens.peek().is("}") && !tokens.takeIf(",")) {
        throw tokens.expected("\",\" or \"}\"");
      }
    }
  }

  private Matcher matcher() throws ParseException {
    Token label = tokens.peek();
    String name;
    if (label.kind() == Token.Kind.STRING) {
      tokens.use(Features.QUOTED_NAMES, label);
      name = Strings.unquote(tokens.text(), tokens.take());
      if (tokens.peek().is(",") || tokens.peek().is("}")) {
        return new Matcher(NAME, Op.EQ, name); // {"metric.name", …} of 3.0
      }
    } else if (label.kind() == Token.Kind.WORD && Matcher.isLabelName(label.text())) {
      name = tokens.take().text();
    } else {
      throw tokens.expected("a label or \"}\"");
    }
    if (name.isEmpty()) {
      throw tokens.wrong(label.start(), "a label's name is empty");
    }
    Op op = op();
    Token value = tokens.take(Token.Kind.STRING, "a string in quotes");
    Matcher matcher = new Matcher(name, op, Strings.unquote(tokens.text(), value));
    checkRegex(matcher, value);
    return matcher;
  }

  private Op op() throws ParseException {
    for (Op op : Op.values()) {
      if (tokens.takeIf(op.sign())) {
        return op;
      }
    }
    throw tokens.expected("one of = != =~ !~");
  }

  private void checkRegex(Matcher matcher, Token value) throws ParseException {
    if (matcher.op() == Op.RE || matcher.op() == Op.NOT_RE) {
      try {
        regex(matcher);
        if (NAMED_GROUP.matcher(matcher.value()).find()) {
          tokens.use(Features.NAMED_GROUPS, value);
        }
      } catch (PatternSyntaxException e) {
        throw tokens.wrong(
            value.start(), value.end(), "bad regular expression: " + e.getDescription());
      }
    }
  }

  /** Go takes a brace that starts no repetition literally; re2j wants it escaped. */
  private static Pattern regex(Matcher matcher) {
    String escaped = LONE_BRACE.matcher(matcher.value()).replaceAll("\\\\{");
    return Pattern.compile("^(?:" + escaped + ")$", Pattern.DOTALL);
  }

  private static boolean selectsEmpty(Matcher matcher) {
    return switch (matcher.op()) {
      case EQ -> matcher.value().isEmpty();
      case NOT_EQ -> !matcher.value().isEmpty();
      case RE -> regex(matcher).matches("");
      case NOT_RE -> !regex(matcher).matches("");
    };
  }
}
