package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines to paste that {@code generate} ends with. */
class HowToLoadTest {
  @TempDir Path temporary;

  private Captured generate(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "generate";
    all[1] = "--spec=examples/fleet.yaml";
    System.arraycopy(more, 0, all, 2, more.length);
    return Captured.run(all);
  }

  @Test
  void the_first_writing_ends_with_lines_that_prometheus_takes() throws Exception {
    Path out = temporary.resolve("out");
    Captured first = generate("--out=" + out);
    assertThat(first.code()).as(first.toString()).isZero();
    String lines =
        """
        to load it, in prometheus.yml:
        rule_files:
          - OUT/rules/pay/*.yml
          - OUT/rules/platform/*.yml
          - OUT/rules/shop/*.yml
        Alertmanager: --config.file=OUT/alertmanager/alertmanager.yml
        Grafana: import the files of OUT/dashboards, or provision that folder
        """
            .replace("OUT", out.toString());
    assertThat(first.err()).endsWith(lines);
    assertThat(first.out()).doesNotContain("rule_files");
    assertThat(generate("--out=" + out).err()).doesNotContain("rule_files");

    // a team that is new has to be loaded, too
    Path pay = out.resolve("rules/pay");
    Files.move(pay, temporary.resolve("moved"));
    assertThat(generate("--out=" + out, "--check").err()).doesNotContain("rule_files");
    assertThat(generate("--out=" + out).err()).endsWith(lines);
    var promtool = Tool.find("promtool");
    if (promtool.isPresent()) {
      String config = lines.lines().skip(1).limit(4).reduce("", (a, b) -> a + b + "\n");
      Path file = Files.writeString(temporary.resolve("prometheus.yml"), config);
      Tool.Answer answer = promtool.get().run(temporary, "check", "config", file.toString());
      assertThat(answer.code()).as(answer.text()).isZero();
      assertThat(answer.text()).contains(pay.resolve("payments.yml").toString());
    }
  }

  @Test
  void programs_are_not_told_and_dashboards_are_where_they_were_written() {
    assertThat(generate("--out=" + temporary.resolve("a"), "--format=json").err())
        .doesNotContain("rule_files");
    Path boards = temporary.resolve("boards");
    assertThat(generate("--out=" + temporary.resolve("it's"), "--dashboards=" + boards).err())
        .contains("  - '" + temporary.resolve("it''s") + "/rules/pay/*.yml'\n")
        .contains("Grafana: import the files of " + boards + ", or");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mimir | to load it: tidemark rules apply --mimir URL, with the same --spec",
        "prometheus-rule | kubectl apply --server-side -f OUT/kubernetes",
        "thanos | to load it, these are the ruler's files:",
      })
  void other_rulers_are_given_it_in_their_own_way(String output, String told) throws Exception {
    Path spec = temporary.resolve("spec.yaml");
    Path out = temporary.resolve("out");
    Files.writeString(
        spec,
        """
        apiVersion: tidemark/v1
        target: {output: OUTPUT}
        teams: [{name: shop, receiver: nobody}]
        receivers: [{name: nobody}]
        services:
          - {name: cart, team: shop, selector: {job: cart}, alerts: [{use: goroutine-leak}]}
        """
            .replace("OUTPUT", output));
    Captured made = Captured.run("generate", "--spec=" + spec, "--out=" + out);
    assertThat(made.code()).as(made.toString()).isZero();
    assertThat(made.err()).contains(told.replace("OUT", out.toString()));
  }
}
