package dev.tidemark.signals.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalReaderTest {
  @Test
  void an_id_and_an_expression_are_enough() throws IOException {
    Signal signal = SignalReader.read(yaml("{id: queue_depth, expr: 'queue_depth'}"));
    assertThat(signal.title()).isEqualTo("queue_depth");
    assertThat(signal.kind()).isEqualTo(Kind.GAUGE);
    assertThat(signal.side()).isEqualTo(Side.BOTH);
    assertThat(signal.smallestBand()).isZero();
    assertThat(signal.limit()).isNull();
    assertThat(signal.byDefault()).isTrue();
  }

  @Test
  void every_problem_is_told_at_once() throws IOException {
    JsonNode node =
        yaml("{id: 7, unit: bites, side: up, smallestBand: much, exprs: x, needs: [{metric: a}]}");
    assertThatThrownBy(() -> SignalReader.read(node))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            exprs: unknown key, did you mean "expr"?
            id: must be a string
            unit: must be one of none, bytes, seconds, ratio, found "bites"
            side: must be one of high, low, both, found "up"
            smallestBand: must be a number or a size such as 8Mi, found "much"
            expr: is missing
            needs: from: is missing""");
  }

  @ParameterizedTest(name = "{0} is refused: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2]                              | must be a mapping",
        "text                                | must be a mapping",
        "{id: Queue, expr: x}                | snake_case",
        "{id: 'a\"} x', expr: x}             | snake_case",
        "{id: a, expr: ' '}                  | must not be blank",
        "{id: a, expr: x, limit: ''}         | must not be blank",
        "{id: a, expr: x, smallestBand: -1}  | zero or more",
        "{id: a, expr: x, smallestBand: 'Infinity'} | must be a number",
        "{id: a, expr: x, smallestBand: 'NaN'} | must be a number",
        "{id: a, expr: x, default: perhaps}  | true or false",
        "{id: a, expr: x, needs: {}}         | must be a list",
        "{id: a, expr: x, needs: [b]}        | must be a mapping",
        "{id: a, expr: x, needs: [{metric: 'b c', from: d}]} | no metric name",
        "{id: a, expr: x, needs: [{metric: b, from: d, turnon: e}]} | did you mean \"turnOn\"?",
        "{id: a, expr: x, needs: [{metric: b, from: d, clock: 1}]} | needs: clock: must be true or false",
        "{id: a, expr: x, ways: {}}          | ways: must be a list",
        "{id: a, expr: x, ways: [{of: b}]}   | ways: of: must be a list of strings",
        "{id: a, expr: x, ways: [{of: [1]}]} | ways: of: must be a list of strings",
        "{id: a, expr: x, ways: [{}]}        | ways: of: is missing",
        "{id: a, expr: x, ways: [{of: []}]}  | ways: of: must name at least one metric",
        "{id: a, expr: x, ways: [{of: [b]}]} | ways: [b] are not all among the needs of a",
      })
  void refuses(String text, String message) throws IOException {
    JsonNode node = yaml(text);
    assertThatThrownBy(() -> SignalReader.read(node))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void needs_and_ways_are_taken_and_what_is_left_out_is_plain() throws IOException {
    Signal signal =
        SignalReader.read(
            yaml(
                "{id: a, expr: 'rate(b[$window])', needs: [{metric: b, from: client_golang, optIn: true,"
                    + " turnOn: collectors.MetricsGC}, {metric: c, from: d, clock: false}],"
                    + " ways: [{of: [b]}, {of: [c], estimate: a guess}]}"),
            "20s");
    assertThat(signal.expr()).isEqualTo("rate(b[20s])");
    assertThat(signal.needs())
        .containsExactly(
            new Need("b", "client_golang", true, true, "collectors.MetricsGC"),
            new Need("c", "d", false, false, ""));
    assertThat(signal.ways())
        .containsExactly(new Way(List.of("b"), ""), new Way(List.of("c"), "a guess"));
    assertThat(signal.needs().get(0).hint())
        .isEqualTo(
            "collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC))");
    assertThat(signal.needs().get(1).hint()).isEqualTo("it comes from d");
  }

  @Test
  void an_id_of_a_million_letters_is_refused() throws IOException {
    JsonNode node = yaml("{id: " + "a".repeat(1_000_000) + ", expr: x}");
    assertThatThrownBy(() -> SignalReader.read(node)).hasMessageContaining("at most 64");
  }

  @Test
  void a_key_that_stands_twice_is_refused() {
    byte[] bytes = "- {id: a, expr: x, id: b}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> SignalReader.tree(new ByteArrayInputStream(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Duplicate");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "8Mi, 8388608",
    "512MB, 512e6",
    "0.05, 0.05",
    "1Ki, 1024",
    "5, 5",
    "1.5Gi, 1610612736"
  })
  void amounts(String text, double value) {
    assertThat(Amount.parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"8mi", "Mi", "1 Mi", "-1", "1e9", "0x10", "NaN", "''"})
  void what_is_no_amount(String text) {
    assertThatThrownBy(() -> Amount.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonNode yaml(String text) throws IOException {
    return new YAMLMapper().readTree(text);
  }
}
