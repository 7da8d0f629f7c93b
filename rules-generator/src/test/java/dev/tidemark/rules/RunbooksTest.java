package dev.tidemark.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.catalogue.AlertCatalogue;
import dev.tidemark.rules.explain.AlertPage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every alert has a runbook to start from. */
class RunbooksTest {
  @Test
  void every_alert_of_the_example_has_one() throws Exception {
    Generator.Output output = Oracle.output(Files.readString(Path.of("examples/fleet.yaml")));
    output.services().stream()
        .flatMap(service -> service.rules().stream())
        .forEach(
            rule -> {
              byte[] runbook = output.files().get("runbooks/" + rule.rule().alert() + ".md");
              assertThat(new String(runbook, UTF_8))
                  .startsWith("# " + rule.rule().alert() + "\n\n## Meaning\n")
                  .contains("\n## Diagnosis\n", "\n## Mitigation\n", "\n## Expression\n")
                  .doesNotContain("\n|");
            });
  }

  @Test
  void links_lead_to_other_runbooks_or_nowhere() throws Exception {
    String fleet = Files.readString(Path.of("examples/fleet.yaml"));
    assertThat(new String(Oracle.files(fleet).get("runbooks/GoGoroutineLeak.md"), UTF_8))
        .contains("[memory-near-limit](GoMemoryNearLimit.md)")
        .contains("; [dies-soon](GoDiesSoon.md) sees it");
    String without = fleet.replaceAll("(?m)^ *- \\{use: dies-soon.*$", "");
    assertThat(new String(Oracle.files(without).get("runbooks/GoGoroutineLeak.md"), UTF_8))
        .contains("; dies-soon sees it");
  }

  @Test
  void the_program_carries_the_page_of_every_alert() {
    assertThat(AlertCatalogue.ids()).allMatch(id -> AlertPage.of(id).isPresent());
    assertThat(AlertPage.of("none")).isEmpty();
  }

  @Test
  void what_a_user_wrote_stays_text() throws Exception {
    String spec =
        """
        apiVersion: tidemark/v1
        teams: [{name: pay, receiver: hook}]
        receivers: [{name: hook}]
        services:
          - name: api
            team: pay
            selector: {job: api}
            alerts:
              - name: Own
                expr: 'up{a="```\\n# x"} == 0'
                annotations: {summary: "# <b>[x](y)\\n## no"}
        """;
    assertThat(new String(Oracle.files(spec).get("runbooks/Own.md"), UTF_8))
        .contains("\n\\# \\<b\\>\\[x\\](y) \\#\\# no\n")
        .contains("\n````promql\nup{a=\"```")
        .contains("\n````\n");
  }
}
