package dev.tidemark.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.ast.VectorSelector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up | up",
        "  up # a comment | up",
        "a + b * c | a + b * c",
        "(a + b) * c | (a + b) * c",
        "((a)) + (b * c) | a + b * c",
        "a - b - c | a - b - c",
        "a - (b - c) | a - (b - c)",
        "2 ^ 3 ^ 2 | 2 ^ 3 ^ 2",
        "(2 ^ 3) ^ 2 | (2 ^ 3) ^ 2",
        "-1 ^ 2 | -1 ^ 2",
        "-a ^ 2 | -a ^ 2",
        "(-a) ^ 2 | (-a) ^ 2",
        "-(1) | -1",
        "- - 5 | 5",
        "2 ^ -3 | 2 ^ -3",
        "a or b and c unless d | a or b and c unless d",
        "(a or b) and c | (a or b) and c",
        "a == bool on(x, y) group_left() b | a == bool on (x, y) group_left () b",
        "a / ignoring (x,) group_right (z) b | a / ignoring (x) group_right (z) b",
        "a / on () b | a / on () b",
        "a / ignoring () b | a / b",
        "SUM BY (x) (a) | sum by (x) (a)",
        "sum(a) without (x) | sum without (x) (a)",
        "sum by () (a) | sum(a)",
        "sum without () (a) | sum without () (a)",
        "topk(3, a) by (x) | topk by (x) (3, a)",
        "count_values('v', a) | count_values(\"v\", a)",
        "rate(a[5m]) | rate(a[5m])",
        "rate(a[90m] offset 1d) | rate(a[1h30m] offset 1d)",
        "a offset -5m @ 1609746000.5 | a @ 1609746000.500 offset -5m",
        "a @ end() offset 1w | a @ end() offset 7d",
        "max_over_time(rate(a[5m])[1h:]) | max_over_time(rate(a[5m])[1h:])",
        "max_over_time((a + b)[1h:1m] offset 2m) | max_over_time((a + b)[1h:1m] offset 2m)",
        "max_over_time((a offset 1m)[1h:1m]) | max_over_time((a offset 1m)[1h:1m])",
        "a{x='y', z=~\"b.*\", u!=`v`, w!~'',} | a{x=\"y\", z=~\"b.*\", u!=\"v\", w!~\"\"}",
        "{__name__='up', x='y'} | up{x=\"y\"}",
        "{__name__=~'up.*'} | {__name__=~\"up.*\"}",
        "{x=~'.+'} | {x=~\".+\"}",
        "sum{x='y'} | {__name__=\"sum\", x=\"y\"}",
        "and and and | {__name__=\"and\"} and {__name__=\"and\"}",
        "on{} | ",
        "Inf - NaN | Inf - NaN",
        "0x1F + 010 + 08 + .5 + 5. + 1e3 + 1E-2 | 31 + 8 + 8 + 0.5 + 5 + 1000 + 0.01",
        "time() - process_start_time_seconds | time() - process_start_time_seconds",
        "hour() | hour()",
        "label_join(a, 'x', ',') | label_join(a, \"x\", \",\")",
        // 3.x
        "{'a.b', 'c d'='e'} | {__name__=\"a.b\", \"c d\"=\"e\"}",
        "sum by ('c d', x) (a) | sum by (\"c d\", x) (a)",
        "a > 5m | a > 300",
        "rate(a[300]) | rate(a[5m])",
        "a @ 100s | a @ 100",
        "1_000 | 1000",
        "0777777777777777777777777 | 7.777777777777778E23",
        "a[5m * 2] | a[10m]",
        "a[(1h + 30m) / 2:2^3] | a[45m:8s]",
        "a[-(-5m)] | a[5m]",
        "a[2 * 3 ^ 2 - -1] | a[19s]",
        "a[max_of(5m, 600)] | a[10m]",
        "a offset +5m | a offset 5m",
        "a offset --5m | a offset 5m",
        "a offset -+5m | a offset -5m",
        "a offset -(2 * 5m) | a offset -10m",
        "a offset 2 * 5 | a offset 2s * 5",
        "a offset 0s offset 5m | a offset 5m",
        "rate(a[5m] smoothed offset 1m) | rate(a[5m] smoothed offset 1m)",
        "rate(a[5m] offset 1m ANCHORED) | rate(a[5m] anchored offset 1m)",
        "a smoothed + smoothed | a smoothed + {__name__=\"smoothed\"}",
        "a + fill(0) b | a + fill (0) b",
        "a + fill | a + {__name__=\"fill\"}",
        "a * on(x) group_left fill_right(-1) fill_left(2) b | a * on (x) group_left () fill_left (2) fill_right (-1) b",
        "h </ 5 >/ 1 | h </ 5 >/ 1",
        "info(a) | info(a)",
        "info(a, {}) | info(a, {})",
        "info(a, {x=~'.*'}) | info(a, {x=~\".*\"})",
        "info(a, {'b', x='y'}) | info(a, {__name__=\"b\", x=\"y\"})",
        "info(a, {x='y'} offset 5m) | info(a, {x=\"y\"} offset 5m)",
        "start() + end() + step() + range() | start() + end() + step() + range()",
        "min_of(1, max_of(2, 3)) | min_of(1, max_of(2, 3))",
        "sum by (a:b, 'inf') (c) | sum by (\"a:b\", \"inf\") (c)",
        "sort_by_label(a) | sort_by_label(a)",
        "limitk(2, a) | limitk(2, a)",
      })
  void reads_and_prints(String text, String printed) throws ParseException {
    if (printed == null) {
      assertThat(catchThrowableOfType(ParseException.class, () -> PromQlParser.parse(text)))
          .isNotNull();
      return;
    }
    assertThat(PromQlParser.parse(text)).hasToString(printed);
    assertThat(PromQlParser.parse(printed)).isEqualTo(PromQlParser.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | 1:1 | the expression is empty",
        "# only a comment | 1:17 | the expression is empty",
        "a + | 1:4 | expected an expression, found the end",
        "a b | 1:3 | expected an operator or the end, found b",
        "(a | 1:3 | expected \")\", found the end",
        "a) | 1:2 | expected an operator or the end, found )",
        "a{x=\"y\" | 1:8 | expected \",\" or \"}\", found the end",
        "a{x} | 1:4 | expected one of = != =~ !~, found }",
        "a{x=y} | 1:5 | expected a string in quotes, found y",
        "a{x:y=\"z\"} | 1:3 | expected a label or \"}\", found x:y",
        "a{x=~\"(\"} | 1:6 | bad regular expression",
        "{} | 1:1 | the selector needs a name or a matcher",
        "{x=\"\"} | 1:1 | the selector needs a name",
        "{x=~\".*\"} | 1:1 | the selector needs a name",
        "up{__name__=\"x\"} | 1:1 | the metric's name is set twice",
        "rat(a[5m]) | 1:1 | there is no function rat",
        "rate(a) | 1:6 | argument 1 of rate: expected type range vector, found instant vector; give it a range such as [5m]",
        "rate(a[5m], 1) | 1:1 | rate takes 1 argument, found 2",
        "clamp(a, 1) | 1:1 | clamp takes 3 arguments, found 2",
        "round(a, 1, 2) | 1:1 | round takes 1 to 2 arguments, found 3",
        "label_join(a) | 1:1 | label_join takes 3 or more arguments, found 1",
        "abs(a,) | 1:7 | expected an expression, found )",
        "sum(a, b) | 1:1 | sum takes a vector, found 2 arguments",
        "topk(a) | 1:1 | topk takes a parameter and a vector, found 1 arguments",
        "topk(a, b) | 1:6 | topk's parameter: expected type scalar",
        "sum(1) | 1:5 | sum: expected type instant vector, found scalar",
        "sum by (inf) (c) | 1:9 | expected a label, found inf",
        "sum(a | 1:6 | expected \",\" or \")\", found the end",
        "sum by (a (c) | 1:11 | expected \",\" or \")\", found (",
        "sum by a (c) | 1:8 | expected \"(\", found a",
        "a[5m] | ~~ | ~~",
        "a[5m] + 1 | 1:1 | +: expected type scalar or instant vector, found range vector",
        "-a[5m] | 1:2 | a sign: expected type scalar",
        "a[5m][1h:] | 1:1 | a subquery: expected type instant vector",
        "(a)[5m] | 1:4 | a range is for a selector only",
        "sum(a)[5m] | 1:7 | a range is for a selector only",
        "a offset 1m [5m] | 1:13 | offset, @, anchored and smoothed stand behind the range",
        "a offset | 1:9 | expected a duration such as 5m, found the end",
        "a offset 1m offset 2m | 1:13 | offset is set twice",
        "a @ 1 @ 2 | 1:7 | @ is set twice",
        "(a) offset 5m | 1:5 | offset stands behind a selector",
        "sum(a) offset 5m | 1:8 | offset stands behind a selector",
        "a[0s] | 1:3 | a duration must be more than 0",
        "a[5m:0s] | 1:6 | a duration must be more than 0",
        "a[1m1h] | 1:3 | bad duration: expected units in the order",
        "a[5x] | 1:3 | bad number or duration",
        "a[300y] | 1:3 | the duration is out of range",
        "a[5m | 1:5 | expected \"]\" or \":\", found the end",
        "a[step()] | 1:3 | step() depends on the query that asks",
        "a[x] | 1:3 | expected a range such as 5m, found x",
        "a[5m - 300] | 1:3 | a duration must be more than 0",
        "a[5m / 0] | 1:6 | division by zero",
        "a[0.0001] | 1:3 | a duration must be more than 0",
        "a[5m smoothed] | 1:6 | expected \"]\" or \":\", found smoothed",
        "a offset (5m | 1:13 | expected \")\", found the end",
        "mad_ovr_time(a[5m]) | 1:1 | there is no function mad_ovr_time, did you mean mad_over_time?",
        "0xffffffffffffffff | 1:1 | the number is out of range",
        "1e999 | 1:1 | the number is out of range",
        "a = 1 | 1:3 | expected an operator or the end, found =; == compares",
        "a && b | 1:3 | unexpected character &; the words are and, or, unless",
        "info(a, b) | 1:9 | expected matchers in braces",
        "info(a, -{x=\"y\"}) | 1:9 | expected matchers in braces",
        "deriv(a[5m] smoothed) | 1:7 | smoothed is for delta, increase, rate only, found deriv",
        "irate(a[5m] anchored) | 1:7 | anchored is for changes, delta, increase, rate, resets only",
        "rate(a[5m] anchored smoothed) | 1:21 | smoothed is set twice",
        "rate(a[5m:] anchored) | 1:13 | anchored stands behind a selector or a range only",
        "a and fill(0) b | 1:3 | nothing can be filled in with and",
        "a + fill(0) 1 | 1:3 | vectors can be matched only with vectors",
        "a + fill(b) c | 1:10 | expected a number, found b",
        "1 </ 2 | 1:3 | </ trims an instant vector, found a scalar before it",
        "a </ bool b | 1:3 | bool is for comparisons only",
        "1.2.3 | 1:1 | bad number or duration",
        "1 == 1 | 1:3 | a comparison of two scalars needs bool",
        "a + bool b | 1:3 | bool is for comparisons only",
        "a and 1 | 1:3 | and is for two instant vectors",
        "a + on (x) 1 | 1:3 | vectors can be matched only with vectors",
        "a + group_left b | 1:5 | group_left needs on",
        "a and on (x) group_left b | 1:3 | no grouping is possible with and",
        "a + on (x) group_left (x) b | 1:3 | label x stands in on and in the group",
        "a + 'b' | 1:5 | found string",
        "'a | 1:1 | unterminated string",
        "a{x='\\q'} | 1:6 | unknown escape \\q",
        "a{x='\\xzz'} | 1:6 | unknown escape \\x",
        "a{x='\\ud800'} | 1:6 | unknown escape \\u",
        "a{x='\\xff'} | 1:5 | the string's escapes are not UTF-8",
        "a ! b | 1:3 | unexpected character !",
        "a & b | 1:3 | unexpected character &",
        "größe | 1:3 | unexpected character U+00F6",
        "a =~ b | 1:3 | expected an operator or the end, found =~",
        "bool | 1:1 | expected an expression, found bool",
      })
  void tells_what_is_wrong_and_where(String text, String place, String message)
      throws ParseException {
    if (place.isEmpty()) {
      assertThat(PromQlParser.parse(text)).isNotNull();
      return;
    }
    ParseException wrong =
        catchThrowableOfType(ParseException.class, () -> PromQlParser.parse(text));
    assertThat(wrong).as(text).isNotNull();
    assertThat(wrong.getMessage()).startsWith(place + ": ").contains(message);
  }

  @Test
  void the_place_counts_lines_and_characters() {
    ParseException wrong =
        catchThrowableOfType(
            ParseException.class, () -> PromQlParser.parse("sum(\n  a{x=\"😀\"} +\n)"));
    assertThat(wrong.line()).isEqualTo(3);
    assertThat(wrong.column()).isEqualTo(1);
    assertThat(wrong.offset()).isEqualTo(19);
    ParseException after =
        catchThrowableOfType(ParseException.class, () -> PromQlParser.parse("a{x=\"😀\"} b"));
    assertThat(after.column()).as("a pair of surrogates is one character").isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum(a b) | b",
        "rat(a[5m]) | rat",
        "rate(a + b) | a + b",
        "a{x=~\"(\"} | \"(\"",
        "a[1m1h] | 1m1h",
        "a + 1.2.3 | 1",
        "a[5m - 1h] | 5m - 1h",
        "{x=\"\"} + 1 | {x=\"\"}",
      })
  void an_error_covers_what_is_wrong(String text, String fragment) {
    ParseException wrong =
        catchThrowableOfType(ParseException.class, () -> PromQlParser.parse(text));
    assertThat(text.substring(wrong.offset(), wrong.offset() + wrong.length())).isEqualTo(fragment);
  }

  @Test
  void nodes_know_their_place() throws ParseException {
    Parsed parsed = PromQlParser.read("1 + (rate(a[5m]) > on (x) b)");
    Binary outer = (Binary) parsed.expr();
    Binary inner = (Binary) outer.right();
    Parsed.Span place = parsed.place(inner).orElseThrow();
    assertThat(parsed.text().substring(place.offset(), place.offset() + place.length()))
        .isEqualTo("rate(a[5m]) > on (x) b");
    assertThat(parsed.place(outer)).contains(new Parsed.Span(0, parsed.text().length()));
    assertThat(parsed.place(new NumberLiteral(1))).as("equal is not the same").isEmpty();
  }

  @Test
  void a_number_keeps_how_it_was_written() throws ParseException {
    assertThat(((NumberLiteral) PromQlParser.parse("-1_000")).spelling()).isEqualTo("-1_000");
    assertThat(((NumberLiteral) PromQlParser.parse("--5m")).spelling()).isEqualTo("5m");
    assertThat(PromQlParser.parse("1e3")).isEqualTo(new NumberLiteral(1000)).hasToString("1000");
  }

  @Test
  void signs_and_powers_in_each_other_print_at_once() throws ParseException {
    String text = "a";
    for (int i = 0; i < 40; i++) {
      text = "(-" + text + ") ^ 2";
    }
    String bomb = text;
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(PromQlParser.parse(bomb).toString()).hasSize(bomb.length()));
  }

  @Test
  void strings_are_read_as_go_reads_them() throws ParseException {
    assertThat(PromQlParser.parse("\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\\x41\\101\\u00e9\\U0001F600\""))
        .isEqualTo(new StringLiteral("\u0007\b\f\n\r\t\u000B\\\"AAé😀"));
    assertThat(PromQlParser.parse("'\\xc3\\xa9\\''")).isEqualTo(new StringLiteral("é'"));
    assertThat(PromQlParser.parse("`a\\n\n\"'`")).isEqualTo(new StringLiteral("a\\n\n\"'"));
  }

  @Test
  void a_sign_binds_as_a_product_does() throws ParseException {
    Expr a = VectorSelector.of("a", List.of());
    assertThat(PromQlParser.parse("-a ^ 2"))
        .isEqualTo(new Unary(true, Binary.of(BinaryOp.POW, a, new NumberLiteral(2))));
    assertThat(PromQlParser.parse("-a * 2"))
        .isEqualTo(Binary.of(BinaryOp.MULTIPLY, new Unary(true, a), new NumberLiteral(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(", "-", "abs(", "a{", "sum(", "a + (", "2 ^ ", "a[(", "a[-(", "info(", "min_of("
      })
  void endless_nesting_is_refused(String piece) throws Exception {
    for (int length : new int[] {30_000, 1_000_000}) {
      String text = piece.repeat(length / piece.length());
      assertThat(onSmallStack(text)).isInstanceOf(ParseException.class);
    }
  }

  /** What parsing throws, with half the stack that threads have otherwise. */
  private static @Nullable Throwable onSmallStack(String text) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Runnable parse = () -> thrown.set(catchThrowable(() -> PromQlParser.parse(text).toString()));
    Thread thread = new Thread(null, parse, "small", 512 * 1024);
    thread.start();
    thread.join();
    return thrown.get();
  }

  @Test
  void the_deepest_that_is_read_needs_little_stack() throws InterruptedException {
    assertThat(onSmallStack("abs(".repeat(99) + "a" + ")".repeat(99))).isNull();
    assertThat(onSmallStack("a" + " + a".repeat(500))).isNull();
    assertThat(onSmallStack("a" + " ^ a".repeat(99))).isNull();
    assertThat(onSmallStack("a" + "[5m:1m]".repeat(2_000))).isInstanceOf(ParseException.class);
  }

  @Test
  void very_long_chains_are_refused_and_long_ones_are_not() throws ParseException {
    assertThat(PromQlParser.parse("a" + " + a".repeat(499)).toString()).hasSize(1 + 4 * 499);
    assertThat(
            catchThrowableOfType(
                ParseException.class, () -> PromQlParser.parse("a" + " + a".repeat(501))))
        .hasMessageContaining("500 operators");
    assertThat(
            catchThrowableOfType(
                ParseException.class, () -> PromQlParser.parse(" ".repeat(100_001))))
        .hasMessageContaining("at most 100000");
  }
}
