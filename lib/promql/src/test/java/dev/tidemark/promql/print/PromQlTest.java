package dev.tidemark.promql.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PromQlTest {
  private static final long SEED = 20261121;

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("plain", "pay-7d4", "\"pay-7d4\""),
        Arguments.of("empty", "", "\"\""),
        Arguments.of("an attempt to add a matcher", "a\"} or up{x=\"", "\"a\\\"} or up{x=\\\"\""),
        Arguments.of("a backslash at the end", "a\\", "\"a\\\\\""),
        Arguments.of("lines", "a\nb\r\tc", "\"a\\nb\\r\\tc\""),
        Arguments.of("a null byte", "a\0b", "\"a\\x00b\""),
        Arguments.of("letters of all kinds", "größe 日本 🐹", "\"größe 日本 🐹\""),
        Arguments.of("text turned around", "a\u202Eb", "\"a\\u202eb\""),
        Arguments.of("a line separator", "a\u2028b", "\"a\\u2028b\""),
        Arguments.of("the replacement character", "a\uFFFDb", "\"a\\ufffdb\""),
        Arguments.of("half a surrogate pair", "a\uD800b", "\"a\\ufffdb\""),
        Arguments.of("beyond the first plane", "\uDB40\uDC01", "\"\\U000e0001\""),
        Arguments.of("a template", "{{ $value }}", "\"{{ $value }}\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void quotes(String description, String text, String quoted) {
    assertThat(PromQl.quote(text)).as(description).isEqualTo(quoted);
  }

  @Test
  void selects_by_name_and_labels() {
    assertThat(PromQl.selector("up", Map.of())).isEqualTo("up");
    assertThat(PromQl.selector("up", Map.of("job", "a\"b"))).isEqualTo("up{job=\"a\\\"b\"}");
    assertThat(
            PromQl.selector(
                "x",
                List.of(
                    Matcher.notEqual("container", ""),
                    new Matcher("pod", Matcher.Op.RE, PromQl.literalRegex("a.b+c")))))
        .isEqualTo("x{container!=\"\", pod=~\"a\\\\.b\\\\+c\"}");
  }

  @Test
  void a_name_that_is_none_becomes_a_matcher() {
    assertThat(PromQl.selector("a{b", Map.of("c", "d"))).isEqualTo("{__name__=\"a{b\", c=\"d\"}");
    assertThat(PromQl.selector("", Map.of("c", "d"))).isEqualTo("{c=\"d\"}");
  }

  @Test
  void selecting_everything_is_refused() {
    assertThatThrownBy(() -> PromQl.selector("", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PromQl.selector("", Map.of("a", "")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_label_name_that_is_none_is_refused() {
    for (String name : List.of("", "a-b", "1a", "a\"", "größe", "a b", "a\n")) {
      assertThatThrownBy(() -> Matcher.equal(name, "x"))
          .as(name)
          .hasMessageStartingWith("no label");
    }
  }

  @Test
  void prometheus_reads_back_what_was_quoted(@TempDir Path directory) throws Exception {
    Optional<Path> promtool = Promtool.find();
    assumeTrue(promtool.isPresent());
    List<String> texts = new ArrayList<>();
    texts().forEach(arguments -> texts.add((String) arguments.get()[1]));
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      texts.add(hostile(random));
    }
    StringBuilder test = new StringBuilder("tests:\n- interval: 1m\n  promql_expr_test:\n");
    for (String text : texts) {
      String safe =
          text.replaceAll(
              "(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])",
              "\uFFFD");
      // the same text reaches Prometheus twice: quoted by us, and as its bytes in plain escapes
      String ours =
          "label_replace(vector(1), \"a\", " + PromQl.quote(dollars(text)) + ", \"\", \"\")";
      String labels = "{a=" + bytes(safe) + "}";
      test.append("  - {eval_time: 0, expr: ")
          .append(yaml(ours))
          .append(", exp_samples: [{labels: ");
      test.append(yaml(safe.isEmpty() ? "{}" : labels)).append(", value: 1}]}\n");
    }
    Files.writeString(directory.resolve("t.yml"), test);
    Process process =
        new ProcessBuilder(promtool.orElseThrow().toString(), "test", "rules", "t.yml")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("seed %d: %s", SEED, answer).isZero();
  }

  /** In label_replace a dollar refers to a group. */
  private static String dollars(String text) {
    return text.replace("$", "$$");
  }

  private static String bytes(String text) {
    StringBuilder escaped = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      escaped.append(String.format("\\x%02x", b));
    }
    return escaped.append('"').toString();
  }

  private static String yaml(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String hostile(Random random) {
    String[] pieces = {
      "\"", "\\", "\n", "{{", "}", "'", "$", "\0", "\u0085", "\uFEFF", "\uFFFD", "é", "🐹", "a",
      "#", "\u202E", "\uD800"
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(
          random.nextInt(4) == 0
              ? Character.toString(random.nextInt(0x2FFFF))
              : pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }
}
