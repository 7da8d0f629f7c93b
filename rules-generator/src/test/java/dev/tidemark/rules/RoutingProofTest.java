package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest(name = "{0} → {1}: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          {severity: critcal}               | {severity: warning} | spec.yaml:10:31: source: no alert has severity "critcal", so nothing is held back, did you mean critical?
          {severity: page}                  | {severity: warning} | spec.yaml:10:31: source: no alert has severity "page", so nothing is held back, there are critical, warning, info, none
          {severity: critical}              | {alertname: Erors}  | spec.yaml:10:62: target: no alert has alertname "Erors", so nothing is held back, did you mean Errors?
          {severity: critical}              | {team: elsewhere}   | spec.yaml:10:57: target: no alert has team "elsewhere", so nothing is held back, there is pay
          {alertname: Total, pod: x}        | {severity: warning} | spec.yaml:10:11: source: "Total" never has all of these labels, so nothing is held back
          {alertname: Total, severity: warning} | {severity: warning} | spec.yaml:10:11: source: "Total" never has all of these
          {severity: critical}              | {kind: any}         | none
          {severity: critical}              | {severity: warning} | none
          {severity: critical}              | {severity: info}    | none
          {alertname: InfoInhibitor}        | {severity: info}    | none
          {alertname: Errors, pod: x}       | {severity: warning} | none
          {component: etcd}                 | {severity: critical} | none
          """)
  void a_slip_in_an_inhibition_is_warned_of_and_what_may_be_right_is_not(
      String source, String target, @Nullable String warning) throws Exception {
    String spec =
        """
        apiVersion: tidemark/v1
        teams: [{name: pay, receiver: hook}]
        receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
        services:
          - name: api
            team: pay
            alerts:
              - {name: Total, expr: 'sum(up) < 3', severity: critical}
              - {name: Errors, expr: 'errors{job="api"} > 3'}
        inhibit: [{source: SOURCE, target: TARGET, equal: [workload]}]
        """
            .replace("SOURCE", source)
            .replace("TARGET", target);
    if (warning == null) {
      assertThat(warnings(spec)).isEmpty();
    } else {
      assertThat(warnings(spec)).singleElement().asString().contains(warning);
    }
  }

  @Test
  void critical_alerts_page_people_beside_the_receiver_of_all() throws Exception {
    Routes routes =
        Routes.of(generate(Files.readString(Path.of("examples/fleet.yaml"))).model().routing());
    assertThat(routes.receiversOf(Map.of("team", "shop", "severity", "critical")))
        .containsExactly("shop-oncall", "tidemark");
    assertThat(routes.receiversOf(Map.of("team", "shop", "severity", "warning")))
        .containsExactly("tidemark");
    assertThat(warnings(Files.readString(Path.of("examples/fleet.yaml")))).isEmpty();
  }

  @Test
  void a_team_whose_critical_alerts_only_a_program_gets_is_warned_of() throws Exception {
    String spec =
        """
        apiVersion: tidemark/v1
        teams: [{name: pay, receiver: hook}]
        receivers:
          - {name: hook, webhook: {url: "http://localhost:1/api/v1/alertmanager"}}
          - {name: people, webhook: {url: "http://localhost:1/page"}}
          - {name: nobody}
        services:
          - name: api
            team: pay
            selector: {job: api}
            alerts:
              - {name: Dead, expr: 'up{job="api"} == 0', severity: critical}
              - {name: Dying, expr: 'up{job="api"} < 1', severity: critical}
        """;
    assertThat(warnings(spec))
        .singleElement()
        .asString()
        .contains("spec.yaml:2:31: receiver: Tidemark's webhook alone gets critical alerts of pay")
        .contains("(Dead of api and 1 more)")
        .contains("pages: RECEIVER");
    assertThat(warnings(spec.replace("severity: critical", "severity: warning"))).isEmpty();
    assertThat(warnings(spec.replace("receiver: hook", "receiver: people"))).isEmpty();
    assertThat(warnings(spec.replace("receiver: hook", "receiver: hook, pages: people"))).isEmpty();
    assertThat(warnings(spec.replace("receiver: hook", "receiver: hook, pages: nobody")))
        .singleElement()
        .asString()
        .contains("pages: has no webhook, so critical alerts page nobody");
    assertThatThrownBy(
            () -> generate(spec.replace("receiver: hook", "receiver: hook, pages: hook")))
        .hasMessageContaining("spec.yaml:2:44: pages: is the team's receiver already");
    assertThatThrownBy(
            () -> generate(spec.replace("receiver: hook", "receiver: hook, pages: peple")))
        .hasMessageContaining("pages: no receiver \"peple\", did you mean people?");
  }

  @Test
  void a_service_without_alerts_is_warned_of() throws Exception {
    String spec =
        """
        apiVersion: tidemark/v1
        teams: [{name: pay, receiver: hook}]
        receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
        services:
          - {name: api, team: pay, selector: {job: api}}
        """;
    assertThat(warnings(spec))
        .singleElement()
        .asString()
        .contains("spec.yaml:5:12: alerts: \"api\" has none");
    String records = "{job: api}, records: [{record: a, expr: b}]";
    assertThat(warnings(spec.replace("{job: api}", records))).isEmpty();
  }

  @ParameterizedTest(name = "{0} of {1}: warned {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          use: memory-near-limit                        | {namespace: pay}              | true
          use: memory-near-limit                        | {namespace: pay, cluster: eu} | false
          name: A, expr: 'sum by (cluster) (x) > 0'     | {namespace: pay}              | true
          name: A, expr: 'sum by (cluster) (x{cluster="eu"}) > 0' | {namespace: pay}    | false
          name: A, expr: 'sum by (pod) (x) > 0'         | {namespace: pay}              | false
          name: A, expr: 'x > 0'                        | {namespace: pay}              | false
          """)
  void a_label_that_hides_what_tells_series_apart_is_warned_of(
      String alert, String selector, boolean warned) throws Exception {
    String spec =
        """
        apiVersion: tidemark/v1
        teams: [{name: pay, receiver: hook}]
        receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
        services:
          - name: api
            team: pay
            selector: SELECTOR
            alerts:
              - {ALERT, labels: {cluster: eu}}
        """
            .replace("SELECTOR", selector)
            .replace("ALERT", alert);
    assertThat(warnings(spec).stream().map(Problem::message))
        .hasSize(warned ? 1 : 0)
        .allMatch(text -> text.contains("cluster replaces the one of the series"));
  }

  private static List<Problem> warnings(String spec) throws Exception {
    return generate(spec).warnings();
  }

  private static Generator.Output generate(String spec) throws Exception {
    return Generator.generate(List.of(new SpecText("spec.yaml", spec)), (all, target) -> List.of());
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
