package dev.tidemark.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.toolkit.yaml.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The same rules for others than Prometheus: as objects, and as groups for an API. */
@Execution(ExecutionMode.CONCURRENT)
class RulerOutputsTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {output: OUTPUT}
      teams:
        - {name: pay, receiver: hook, mute: [nights]}
        - {name: a.b, receiver: hook}
      receivers:
        - name: hook
          webhook:
            url: "http://tidemark.tidemark:9478/api/v1/alertmanager"
            httpConfig:
              basicAuth: {username: am, passwordFile: /etc/alertmanager/secrets/tidemark/password}
              tlsConfig: {caFile: /etc/alertmanager/configmaps/ca/ca.pem}
      services:
        - name: api
          team: pay
          selector: {namespace: pay, app: api}
          alerts:
            - {use: goroutine-leak}
            - {name: Own, expr: 'up{job="api"} == 0', for: 5m, keepFiringFor: 1h}
      inhibit: [{source: {severity: critical}, target: {severity: warning}, equal: [alertname, pod]}]
      timeIntervals:
        - {name: nights, timeIntervals: [{daysOfMonth: ['1:5', '-1'], times: [{startTime: '00:00', endTime: '06:00'}]}]}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"files", "prometheus-rule", "thanos", "mimir", "victoriametrics"})
  void promtool_and_amtool_take_the_files_beside_every_output(String output) throws Exception {
    SortedMap<String, byte[]> files = new TreeMap<>(files(output));
    files.keySet().removeIf(path -> path.startsWith("kubernetes/") || path.startsWith("mimir/"));
    Oracle.orSkip().accepts(files, directory, output);
  }

  @Test
  void a_rule_object_holds_the_groups_of_the_file_and_what_selectors_want() throws Exception {
    Map<?, ?> object = yaml("prometheus-rule", "kubernetes/rules/pay/api.yml");
    assertThat(object.get("kind")).isEqualTo("PrometheusRule");
    assertThat(at(object, "metadata", "name")).isEqualTo("tidemark-rules-api");
    assertThat(at(object, "metadata", "namespace")).isEqualTo("monitoring");
    assertThat(at(object, "metadata", "labels", "release")).isEqualTo("prometheus");
    assertThat(at(object, "spec")).isEqualTo(yaml("files", "rules/pay/api.yml"));
  }

  @Test
  void an_alertmanager_object_takes_our_teams_only_and_refers_to_secrets() throws Exception {
    Map<?, ?> object = yaml("prometheus-rule", "kubernetes/alertmanagerconfig.yml");
    assertThat(String.valueOf(at(object, "spec", "route", "matchers")))
        .isEqualTo("[{name=team, matchType==~, value=pay|a\\.b}]");
    assertThat(String.valueOf(at(object, "spec", "receivers")))
        .contains("basicAuth={username={name=tidemark, key=username}")
        .contains("password={name=tidemark, key=password}")
        .contains("ca={configMap={name=ca, key=ca.pem}}");
    assertThat(String.valueOf(at(object, "spec", "muteTimeIntervals")))
        .contains("{start=1, end=5}, {start=-1, end=-1}");
    assertThat(String.valueOf(at(object, "spec", "inhibitRules"))).contains("matchType==");
  }

  @Test
  void the_exporter_is_scraped_as_its_labels_need_it() throws Exception {
    Map<?, ?> object = yaml("prometheus-rule", "kubernetes/servicemonitor.yml");
    assertThat(String.valueOf(at(object, "spec", "endpoints")))
        .contains("honorLabels=true", "targetLabel=tidemark_replica", "path=/metrics/self");
    assertThat(at(object, "metadata", "labels", "release")).isEqualTo("prometheus");
  }

  @Test
  void mimir_gets_a_group_a_file_in_the_folder_of_its_namespace() throws Exception {
    Map<?, ?> group = yaml("mimir", "mimir/pay/api.yml");
    assertThat(group.get("name")).isEqualTo("pay/api");
    assertThat(at(yaml("mimir", "rules/pay/api.yml"), "groups").toString())
        .isEqualTo("[" + group + "]");
  }

  @Test
  void what_the_operator_makes_of_namespaces_is_said() throws Exception {
    assertThat(Oracle.output(spec("prometheus-rule")).warnings())
        .extracting(Problem::toString)
        .anySatisfy(w -> assertThat(w).contains("alertmanagerConfigMatcherStrategy"))
        .anySatisfy(w -> assertThat(w).contains("enforcedNamespaceLabel"));
    String there = spec("prometheus-rule") + "kubernetes: {namespace: pay}\n";
    assertThat(Oracle.output(there).warnings()).isEmpty();
  }

  @ParameterizedTest(name = "{1} instead of {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/etc/alertmanager/secrets/tidemark/password | /run/secret | where the Operator mounts a Secret",
        "/etc/alertmanager/secrets/tidemark/password | /etc/alertmanager/configmaps/a/b | where the Operator mounts a Secret",
        "name: api           | name: a_pi                              | it names an object of Kubernetes",
        "daysOfMonth: ['1:5', '-1'] | location: Europe/Berlin          | an AlertmanagerConfig has none",
        "apiVersion: tidemark/v1 | apiVersion: tidemark/v1%kubernetes: {namespace: A} | needs lower-case letters",
        "apiVersion: tidemark/v1 | apiVersion: tidemark/v1%kubernetes: {labels: {'a b': c}} | needs a label of Kubernetes",
        "apiVersion: tidemark/v1 | apiVersion: tidemark/v1%kubernetes: {lables: {a: c}} | did you mean labels?",
      })
  void what_objects_cannot_hold_is_refused(String good, String bad, String message) {
    String spec = spec("prometheus-rule").replace(good, bad.replace("%", "\n"));
    assertThatThrownBy(() -> Oracle.files(spec)).hasMessageContaining(message);
  }

  @Test
  void a_service_too_large_for_one_object_is_written_in_parts() throws Exception {
    StringBuilder alerts = new StringBuilder();
    String long1 = "up{a=\"" + "x".repeat(9000) + "\"} == 0";
    for (int i = 0; i < 60; i++) {
      alerts.append("      - {name: Own%d, expr: '%s'}\n".formatted(i, long1));
    }
    String spec = spec("mimir").replace("inhibit:", alerts + "inhibit:");
    SortedMap<String, byte[]> files = Oracle.files(spec);
    assertThat(files)
        .containsKeys("rules/pay/api.yml", "rules/pay/api-Part2.yml", "mimir/pay/api-Part2.yml");
    files.forEach(
        (path, bytes) -> {
          if (!path.startsWith("tests/")) {
            assertThat(bytes.length).as(path).isLessThan(500_000);
          }
        });
    assertThat(new String(files.get("rules/pay/api-Part2.yml"), UTF_8)).contains("'pay/api/2'");
    SortedMap<String, byte[]> checked = new TreeMap<>(files);
    // its tests are as those of any service, but half a megabyte takes promtool minutes
    checked.keySet().removeIf(path -> path.startsWith("mimir/") || path.startsWith("tests/"));
    Oracle.orSkip().accepts(checked, directory, "parts");
  }

  @Test
  void what_a_ruler_does_otherwise_is_said() throws Exception {
    String promql = spec("victoriametrics").replace("output:", "engine: promql, output:");
    assertThat(Oracle.output(promql).warnings())
        .singleElement()
        .asString()
        .contains("vmalert stores what it records later");
    assertThat(Oracle.output(spec("victoriametrics")).warnings()).isEmpty();
    String many = promql.replace("{use: goroutine-leak}", "{use: workload-leak}");
    String two = many.replace("victoriametrics", "mimir");
    int from = two.indexOf("  - name: api");
    int to = two.indexOf("inhibit:");
    String again = two.substring(from, to).replace("name: api", "name: cart");
    assertThat(Oracle.output(two.substring(0, to) + again + two.substring(to)).warnings())
        .filteredOn(warning -> warning.message().startsWith("output: "))
        .singleElement()
        .asString()
        .contains("Mimir takes 20 rules in a group unless")
        .endsWith(": api has 30, cart has 30");
  }

  private static String spec(String output) {
    return SPEC.replace("OUTPUT", output);
  }

  private static SortedMap<String, byte[]> files(String output) throws Exception {
    return Oracle.files(spec(output));
  }

  private static Map<?, ?> yaml(String output, String path) throws Exception {
    String text = new String(files(output).get(path), UTF_8);
    return (Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private static Object at(Map<?, ?> map, String... keys) {
    Object value = map;
    for (String key : keys) {
      value = Objects.requireNonNull(((Map<?, ?>) value).get(key), key);
    }
    return value;
  }
}
