package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.route.Routes;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every alert reaches its team's receiver: we say so, and amtool says the same. */
class RoutingProofTest {
  private static final long SEED = 20261122;

  @TempDir Path directory;

  @Test
  void amtool_sends_every_alert_of_the_example_where_we_say() throws Exception {
    agrees(Files.readString(Path.of("examples/fleet.yaml")), "example");
  }

  @Test
  void amtool_sends_every_alert_of_random_fleets_where_we_say() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 8; round++) {
      agrees(fleet(random), "seed " + SEED + " round " + round);
    }
  }

  private void agrees(String spec, String what) throws Exception {
    Oracle oracle = Oracle.orSkip();
    Generator.Output output = generate(spec);
    byte[] config = output.files().get("alertmanager/alertmanager.yml");
    Files.createDirectories(directory.resolve("alertmanager"));
    Files.write(directory.resolve("alertmanager/alertmanager.yml"), config);
    for (ServiceRules service : output.services()) {
      for (TestedRule tested : service.rules()) {
        Map<String, String> labels = new TreeMap<>(tested.rule().labels());
        labels.put("alertname", tested.rule().alert());
        List<String> arguments =
            labels.entrySet().stream()
                .map(l -> l.getKey() + "=" + PromQl.quote(l.getValue()))
                .toList();
        assertThat(oracle.route(directory, arguments.toArray(String[]::new)))
            .as("%s: %s\n%s", what, labels, spec)
            .isEqualTo(String.join(",", Routes.of(output.model().routing()).receiversOf(labels)));
      }
    }
  }

  @Test
  void an_inhibition_that_knows_neither_alert_is_warned_of() throws Exception {
    String spec =
        """
        apiVersion: tidemark/v1
        teams: [{name: pay, receiver: hook}]
        receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
        services:
          - name: api
            team: pay
            selector: {job: api}
            alerts:
              - {name: Total, expr: 'sum(up{job="api"}) < 3', severity: critical}
              - {name: Errors, expr: 'sum by (job) (errors{job="api"}) > 3'}
              - {name: Each, expr: 'errors{job="api"} > 3', labels: {kind: each}}
        inhibit: [{source: {severity: critical}, target: {severity: warning}, equal: [pod]}]
        """;
    assertThat(warnings(spec))
        .singleElement()
        .asString()
        .contains("spec.yaml:12:11: ")
        .contains("Total of api holds back Errors of api wherever it fires");
    assertThat(warnings(spec.replace("[pod]", "[alertname, pod]"))).isEmpty();
    assertThat(warnings(spec.replace("target: {severity: warning}", "target: {kind: each}")))
        .isEmpty();
  }

  private static List<Problem> warnings(String spec) throws Exception {
    return generate(spec).warnings();
  }

  private static Generator.Output generate(String spec) throws Exception {
    return Generator.generate(List.of(new SpecText("spec.yaml", spec)), all -> List.of());
  }

  private static String fleet(Random random) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      names.add("r " + i + "\"'\\".substring(random.nextInt(3)));
    }
    StringBuilder spec = new StringBuilder("apiVersion: tidemark/v1\nreceivers:\n");
    names.forEach(n -> spec.append("- {name: ").append(quoted(n)).append("}\n"));
    spec.append("teams:\n");
    for (int i = 0; i < 5; i++) {
      String receiver = names.get(random.nextInt(names.size()));
      spec.append("- {name: team%d, receiver: %s}\n".formatted(i, quoted(receiver)));
    }
    spec.append("services:\n");
    for (int i = 0; i < 4; i++) {
      int team = random.nextInt(5);
      spec.append(
              "- {name: s%d, team: team%d, selector: {job: j%d}, alerts: [".formatted(i, team, i))
          .append("{use: goroutine-leak}, {name: Own, expr: up == 0, labels: {a: ")
          .append(quoted("x" + names.get(0)))
          .append("}}]}\n");
    }
    return spec.toString();
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c : String.valueOf((char) c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
