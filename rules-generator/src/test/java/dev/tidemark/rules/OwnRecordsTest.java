package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.rules.rule.Recording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recording rules of users' own. */
class OwnRecordsTest {
  private static final String HEAD =
      """
      apiVersion: tidemark/v1
      teams: [{name: pay, receiver: r}]
      receivers: [{name: r}]
      services:
        - name: payments
          team: pay
      """;

  @Test
  void stand_before_the_alerts_in_the_order_they_were_written(@TempDir Path folder)
      throws Exception {
    String spec =
        HEAD
            + """
            records:
              - {record: 'job:b:sum', expr: sum by (job) (b), labels: {of: all, team: x}}
              - {record: plain, expr: 'job:b:sum * 2'}
              - {record: 'job:b:sum', expr: 'sum by (job) (b{a="1"})', labels: {of: one}}
            alerts:
              - {name: A, expr: 'plain > 1'}
            """
                .indent(4);
    Map<String, byte[]> files = Oracle.files(spec);
    String rules = new String(files.get("rules/pay/payments.yml"), StandardCharsets.UTF_8);
    assertThat(rules.lines().filter(l -> l.contains("record:") || l.contains("alert:")))
        .containsExactly(
            "      - record: 'job:b:sum'",
            "      - record: 'plain'",
            "      - record: 'job:b:sum'",
            "      - alert: 'A'");
    assertThat(rules).contains("'of': 'all'").doesNotContain(Recording.LABEL_SERVICE);
    Oracle.orSkip().accepts(files, folder, "own recordings");
  }

  @Test
  void a_service_may_have_nothing_else(@TempDir Path folder) throws Exception {
    Map<String, byte[]> files =
        Oracle.files(HEAD + "    records: [{record: 'a:b', expr: sum(c)}]\n");
    assertThat(files).containsKey("rules/pay/payments.yml");
    assertThat(files.keySet()).noneMatch(path -> path.startsWith("tests/"));
    Oracle.orSkip().accepts(files, folder, "recordings alone");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {record: 'a b', expr: c}                  | spec.yaml:7:24: record: found "a b"
          {record: a, expr: 'sum('}                 | expr: expected an expression
          {record: a, expr: b, labels: {__name__: c}} | labels: found "__name__"
          {record: a, expr: b, labels: {tidemark_service: c}} | labels: tidemark_service stands on what a
          {record: a}                               | expr
          {record: a, expr: 'b[5m]'}                | found a range vector
          """)
  void tells_what_is_wrong(String record, String told) {
    assertThatThrownBy(() -> Oracle.files(HEAD + "    records: [" + record + "]\n"))
        .hasMessageContaining(told);
  }
}
