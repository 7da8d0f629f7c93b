package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a specification is told, with its place and what would be right. */
class SpecProblemsTest {
  private static final String GOOD =
      """
      apiVersion: tidemark/v1
      target: {prometheus: "2.42"}
      defaults: {groupInterval: 1m}
      routing: {groupInterval: 5m}
      teams: [{name: pay, receiver: hook}]
      receivers: [{name: hook, webhook: {url: "http://localhost:9478/x"}}]
      services:
        - name: api
          team: pay
          selector: {job: api}
          alerts: [{use: goroutine-leak, for: 1m}]
      inhibit: [{source: {severity: critical}, target: {severity: warning}, equal: [pod]}]
      """;

  @Test
  void the_specification_they_start_from_is_good() throws Exception {
    assertThat(Oracle.files(GOOD)).containsKey("rules/pay/api.yml");
  }

  @ParameterizedTest(name = "{1} instead of {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "tidemark/v1              | tidemark/v2               | :1:13: found \"tidemark/v2\", needs tidemark/v1",
        "prometheus: \"2.42\"     | prometheus: \"2.31\"      | :2:22: Prometheus 2.31 has no keep_firing_for, needs 2.42 or newer",
        "prometheus: \"2.42\"     | prometheus: new           | needs a release such as",
        "prometheus: \"2.42\"     | output: paper             | needs one of files, prometheus-rule, thanos, mimir, victoriametrics",
        "prometheus: \"2.42\"     | ruler: \"0.36\"          | ruler: only for output thanos, mimir or victoriametrics",
        "prometheus: \"2.42\"     | output: thanos, ruler: \"0.33\" | Thanos 0.33 has no keep_firing_for, needs 0.34 or newer",
        "target: {prometheus: \"2.42\"} | target: {output: mimir}%defaults: {queryOffset: 1m} | queryOffset: Mimir 2.7 has no query_offset of a group, needs 2.13 or newer in target.ruler",
        "target: {prometheus: \"2.42\"} | target: {output: victoriametrics}%defaults: {queryOffset: 1m} | start it with -rule.evalDelay",
        "prometheus: \"2.42\"     | alertmanager: \"0.21\"    | Alertmanager 0.21 has no matchers, needs 0.22 or newer",
        "defaults: {groupInterval: 1m} | defaults: {groupInterval: 10m} | :3:27: groupInterval: found 10m, needs 5m or less",
        "defaults: {groupInterval: 1m} | defaults: {groupInterval: 0s}  | needs more than 0",
        "routing: {groupInterval: 5m}  | routing: {groupInterval: 0s}   | needs more than 0",
        "routing: {groupInterval: 5m}  | routing: {repeatInterval: 1m}  | needs at least groupInterval (5m)",
        "routing: {groupInterval: 5m}  | routing: {groupBy: [a-b]}      | needs a label name",
        "routing: {groupInterval: 5m}  | routing: {groupBy: [a, a]}     | stands already at",
        "routing: {groupInterval: 5m}  | routing: {groupBy: [a, ...]}   | groupBy: found ... beside others, needs ... alone (each alert by itself) or labels",
        "routing: {groupInterval: 5m}  | dashboards: {folder: ../go}   | folder: found \"../go\", needs lower-case letters",
        "routing: {groupInterval: 5m}  | dashboards: {perTeam: some}   | :4:23: found the text \"some\", needs true or false",
        "routing: {groupInterval: 5m}  | dashboards: {folders: go}     | did you mean folder?",
        "routing: {groupInterval: 5m}  | routing: {receiver: hok}       | did you mean hook?",
        "receiver: hook           | receiver: hok             | :5:31: receiver: no receiver \"hok\", did you mean hook?",
        "{name: pay, receiver: hook} | {name: pay, receiver: hook}, {name: pay, receiver: hook} | the team \"pay\" stands already",
        "http://localhost:9478/x  | ftp://localhost/x         | needs http or https",
        "http://localhost:9478/x  | /x                        | needs an address such as",
        "http://localhost:9478/x  | http://u:secret@h/x       | holds credentials",
        "http://localhost:9478/x  | http://h:99999/x          | needs a port",
        "webhook: {url: \"http://localhost:9478/x\"} | webhook: {urlFile: /x} | has no url_file of a webhook, needs 0.26",
        "webhook: {url: \"http://localhost:9478/x\"} | webhook: {}            | needs either url or urlFile",
        "name: api                | name: ../api              | needs lower-case letters",
        "name: api                | name: Api                 | needs lower-case letters",
        "name: api                | name: a..b                | needs lower-case letters",
        "team: pay                | team: play                | :9:11: team: no team \"play\", did you mean pay?",
        "{job: api}               | {env: prod}               | needs namespace (for pods) or job",
        "{job: api}               | {a-b: c}                  | needs a label name",
        "{job: api}               | {__name__: c}             | needs a label name",
        "{job: api}               | {job: ''}                 | needs 1 to 1024 characters",
        "selector: {job: api}     | identity: [job]           | needs pod or instance",
        "selector: {job: api}     | identity: [instance, pod, zone] | identity: found \"zone\"",
        "use: goroutine-leak      | use: goroutines-leak      | did you mean goroutine-leak?",
        "use: goroutine-leak      | use: nothing-like-it      | needs one of goroutine-leak, heap-leak",
        "use: goroutine-leak      | name: A                   | needs either use",
        "use: goroutine-leak      | expr: up                  | needs a name",
        "use: goroutine-leak      | use: goroutine-leak, expr: up | needs either use",
        "use: goroutine-leak      | name: ' a', expr: up      | needs 1 to 200 characters that can all be seen",
        "use: goroutine-leak      | name: \"a\\nb\", expr: up  | needs 1 to 200 characters that can all be seen",
        "team: pay                | team: pay%    group: {interval: 0s}  | :10:23: interval: needs more than 0",
        "team: pay                | team: pay%    group: {interval: 10m} | interval: found 10m, needs 5m or less: Prometheus forgets a series after five minutes, and alerts of the catalogue need it",
        "team: pay                | team: pay%    group: {limit: -1}     | limit: found -1, needs 0 (any number) or more",
        "team: pay                | team: pay%    group: {queryOffset: 6m} | queryOffset: found 6m, needs 5m or less",
        "team: pay                | team: pay%    group: {queryOffset: 0s} | :10:26: queryOffset: Prometheus 2.42 has no query_offset of a group, needs 2.53",
        "use: goroutine-leak      | name: A, expr: ' '        | needs 1 to 10000 characters",
        "use: goroutine-leak      | name: A, expr: 'up[5m]'   | needs an instant vector",
        "use: goroutine-leak      | name: A, expr: 'mad_over_time(up[5m])' | mad_over_time needs Prometheus 2.49 with --enable-feature=promql-experimental-functions, found 2.42",
        "use: goroutine-leak      | name: A, expr: 'limitk(1, up)' | limitk or limit_ratio needs Prometheus 2.54",
        "use: goroutine-leak      | name: A, expr: 'sum(up) by (\"a.b\")' | needs Prometheus 3.0",
        "use: goroutine-leak      | name: A, expr: up, with: {a: 1} | only an alert of the catalogue has parameters",
        "use: goroutine-leak      | use: goroutine-leak, with: {minHistry: 1h} | did you mean minHistory?",
        "use: goroutine-leak      | use: goroutine-leak, with: {minHistory: 1} | needs a duration",
        "use: goroutine-leak      | use: goroutine-leak, with: {growthPerHour: 5} | needs auto",
        "use: goroutine-leak      | use: memory-near-limit, with: {above: 2} | needs 0.1 to 0.98",
        "use: goroutine-leak      | use: memory-near-limit, with: {above: high} | needs 0.1 to 0.98",
        "use: goroutine-leak      | use: goroutine-leak, labels: {severity: x} | none of ours",
        "use: goroutine-leak      | use: goroutine-leak, labels: {instance: x} | none of ours",
        "use: goroutine-leak      | use: goroutine-leak, labels: {a: '{{ $value }}'} | no template",
        "use: goroutine-leak      | use: goroutine-leak, annotations: {a: '{{ .Nope }}'} | found the template",
        "use: goroutine-leak      | use: goroutine-leak, annotations: {a: '{{`{{ $labels.a }}`}}'} | helm template",
        "use: goroutine-leak      | use: goroutine-leak, annotations: {a: '{{ \"}}\" }}'} | helm template",
        "use: goroutine-leak      | use: goroutine-leak, severity: urgent | needs one of critical, warning, info",
        "[{use: goroutine-leak, for: 1m}] | [{use: heap-leak}, {use: heap-leak}] | has GoHeapLeak of severity warning already",
        "for: 1m                  | for: 1y                   | needs 30d or less",
        "for: 1m                  | for: 1minute              | needs a duration such as",
        "equal: [pod]             | equal: []                 | needs at least one label",
        "source: {severity: critical} | source: {}            | source: needs at least one label",
        "inhibit:                 | inhibits:                 | :12:1: unknown key \"inhibits\", did you mean inhibit?",
        "receiver: hook}          | receiver: hook, alertBudget: {warning: often}} | needs a rate such as 5/week",
        "receiver: hook}          | receiver: hook, alertBudget: {urgent: 1/day}}  | unknown key \"urgent\", known here: critical, warning, info",
        "receiver: hook}          | receiver: hook, mute: [nights]} | mute: no time interval \"nights\", there is none",
        "selector: {job: api}     | fleet: {replicas: 0}%    selector: {job: api} | replicas: found 0, needs 1 to",
        "team: pay                | team: pay%    memoryLimit: 512 | memoryLimit: found 512 bytes, less than any Go program needs: needs a unit, as in 512Mi",
        "team: pay                | team: pay%    requests: 'rate(x[5m)' | requests: ",
        "team: pay                | team: pay%    requests: 'x[5m]' | requests: found a range vector, needs an instant vector",
        "defaults: {groupInterval: 1m} | defaults: {queryOffset: 1m} | queryOffset: Prometheus 2.42 has no query_offset of a group, needs 2.53",
        "use: goroutine-leak      | use: goroutine-leak, tests: [{looks: []}] | tests: only for an alert of your own",
        "use: goroutine-leak      | name: A, expr: up, tests: [{looks: []}] | looks: needs at least one time",
        "use: goroutine-leak      | name: A, expr: up, tests: [{series: [{series: 'up > 1', values: 1}], looks: [{at: 1m, firing: []}]}] | needs one series such as",
        "use: goroutine-leak      | name: A, expr: up, tests: [{series: [{series: 'up{a=~\"b\"}', values: 1}], looks: [{at: 1m, firing: []}]}] | needs one series such as",
        "use: goroutine-leak      | name: A, expr: up, tests: [{series: [{series: up, values: '1+1'}], looks: [{at: 1m, firing: []}]}] | values: found \"1+1\", needs samples as promtool takes them",
        "use: goroutine-leak      | name: A, expr: up, tests: [{series: [{series: up, values: '1x999999'}], looks: [{at: 1m, firing: []}]}] | allowed are 50000",
        "use: goroutine-leak      | name: A, expr: up, tests: [{series: [{series: up, values: 1}, {series: up, values: 1}], looks: [{at: 1m, firing: []}]}] | stands in this test already",
        "use: goroutine-leak      | name: A, expr: up, tests: [{looks: [{at: 1m, firing: [{team: a}]}]}] | firing: team is the rule's own",
        "services:                | policy: {maxSeriesAdded: 9}%services: | fleet: needs {replicas: N}, or maxSeriesAdded",
        "services:                | policy: {maxRules: 0}%services: | the specification makes 1 rules, allowed are 0",
      })
  void is_told(String good, String bad, String message) {
    assertThat(GOOD).contains(good);
    String spec = GOOD.replace(good, bad.replace("%", "\n"));
    assertThatThrownBy(() -> Oracle.files(spec))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("spec.yaml:");
  }

  @Test
  void all_problems_are_told_at_once() {
    String spec =
        GOOD.replace("2.42", "2.31")
            .replace("receiver: hook", "receiver: hok")
            .replace("team: pay", "team: play")
            .replace("goroutine-leak", "goroutines");
    assertThatThrownBy(() -> Oracle.files(spec))
        .satisfies(e -> assertThat(((ProblemsException) e).problems()).hasSize(4));
  }

  @Test
  void what_is_wrong_with_form_and_meaning_is_told_together() {
    String spec =
        GOOD.replace("groupInterval: 1m", "groupIntervall: 1m")
            .replace("use: goroutine-leak", "use: goroutines")
            .replace("{job: api}", "{env: prod}")
            .replace("equal: [pod]", "equals: [pod]")
            .replace(
                "for: 1m}]", "for: 1m}, {name: Own, expr: 'up['}, {use: heap-leak, four: 1m}]");
    assertThatThrownBy(() -> Oracle.files(spec))
        .hasMessageContaining("spec.yaml:3:12: unknown key \"groupIntervall\"")
        .hasMessageContaining("did you mean goroutine-leak?")
        .hasMessageContaining("needs namespace (for pods) or job")
        .hasMessageContaining("unknown key \"equals\", did you mean equal?")
        .hasMessageContaining("unknown key \"four\", did you mean for?")
        .hasMessageContaining("expr: ")
        .satisfies(e -> assertThat(((ProblemsException) e).problems()).hasSizeBetween(6, 8));
  }

  @Test
  void names_that_are_nowhere_are_told_beside_what_is_wrong_with_a_service() {
    String spec =
        GOOD.replace("team: pay", "tem: pay")
            .replace("groupInterval", "groupInt")
            .replace("receiver: hook", "receiver: hok");
    assertThatThrownBy(() -> Oracle.files(spec))
        .hasMessageContaining("unknown key \"tem\"")
        .hasMessageContaining("unknown key \"groupInt\"")
        .hasMessageContaining("\"hok\"");
  }

  @Test
  void what_could_not_be_read_is_not_told_to_be_missing() {
    String spec = GOOD.replace("{name: hook, webhook", "{name: hook, webook");
    assertThatThrownBy(() -> Oracle.files(spec))
        .satisfies(e -> assertThat(((ProblemsException) e).problems()).hasSize(1))
        .hasMessageContaining("unknown key \"webook\", did you mean webhook?");
  }

  @Test
  void series_are_reckoned_and_shown_where_they_are_too_many() {
    String spec =
        GOOD.replace("team: pay\n", "team: pay\n    fleet: {replicas: 40}\n")
                .replace(
                    "{use: goroutine-leak",
                    "{name: Sum, expr: 'sum(up) < 1'}, {use: goroutine-leak")
            + "policy: {maxSeriesAdded: 81}\n";
    assertThatThrownBy(() -> Oracle.files(spec))
        .hasMessageContaining(
            "maxSeriesAdded: the rules add up to 82 series, allowed are 81; the most are of api: 40"
                + " targets × (0 recorded + 2 × 1 alerts) + 0 recorded of all + 2 × 1 alerts of"
                + " all = 82");
    assertThatCode(() -> Oracle.files(spec.replace(": 81", ": 82"))).doesNotThrowAnyException();
  }

  @Test
  void own_alerts_need_tests_where_the_policy_says_so() {
    String spec =
        GOOD.replace("use: goroutine-leak", "name: Down, expr: up == 0")
            + "policy: {requireTests: true}\n";
    assertThatThrownBy(() -> Oracle.files(spec))
        .hasMessageContaining("tests: Down needs a test in which it fires");
  }

  @Test
  void services_that_share_targets_and_alerts_are_warned_of() throws Exception {
    String other = "  - {name: all, team: pay, selector: {}, alerts: [{use: %s}]}\ninhibit:";
    assertThat(warnings(GOOD.replace("inhibit:", other.formatted("goroutine-leak"))))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("all targets of \"api\" are targets of \"all\"", "both have goroutine-leak");
    assertThat(warnings(GOOD.replace("inhibit:", other.formatted("heap-leak")))).isEmpty();
    String apart =
        GOOD.replace("inhibit:", other.replace("{}", "{job: b}").formatted("goroutine-leak"));
    assertThat(warnings(apart)).isEmpty();
    String alike = other.replace("{}", "{job: api}").formatted("goroutine-leak");
    assertThat(warnings(GOOD.replace("inhibit:", alike))).hasSize(1);
  }

  @ParameterizedTest(name = "job: {0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "api.*; true",
        "'~api'; true",
        "api|web; true",
        "^api$; true",
        "'*'; true",
        "api.+; true",
        "api; false",
        "pay/api.v2; false",
        "'[::1]:8080'; false",
        "a$b; false"
      })
  void a_selector_that_looks_like_a_pattern_is_warned_of(String job, boolean warned)
      throws Exception {
    List<String> warnings = warnings(GOOD.replace("{job: api}", "{job: '" + job + "'}"));
    assertThat(warnings).hasSize(warned ? 1 : 0);
    if (warned) {
      assertThat(warnings.get(0)).contains("is compared as it stands").contains("spec.yaml:");
    }
  }

  @Test
  void a_slow_group_of_own_rules_is_warned_of_and_mimir_keeps_no_limit() throws Exception {
    String own = GOOD.replace("use: goroutine-leak", "name: A, expr: up == 0");
    String group = own.replace("selector: {job: api}", "group: {interval: 10m, limit: 3}");
    assertThat(warnings(group))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("spec.yaml:10:23: interval: found 10m", "so what is recorded has gaps");
    assertThatThrownBy(() -> Oracle.files(group.replace("prometheus: \"2.42\"", "output: mimir")))
        .hasMessageContaining("spec.yaml:10:35: limit: Mimir keeps no limit of a group");
  }

  @Test
  void what_a_service_says_of_its_group_is_written_for_it_alone(@TempDir Path folder)
      throws Exception {
    String spec =
        GOOD.replace("prometheus: \"2.42\"", "prometheus: \"2.53\"")
            .replace("groupInterval: 1m", "groupInterval: 1m, queryOffset: 1m")
            .replace(
                "selector: {job: api}",
                "selector: {job: api}\n    group: {interval: 20s, queryOffset: 0s, limit: 9}")
            .replace(
                "inhibit:",
                "  - {name: b, team: pay, selector: {job: b}, alerts: [{use: target-down}]}\n"
                    + "inhibit:");
    Map<String, byte[]> files = Oracle.files(spec);
    assertThat(text(files, "rules/pay/api.yml"))
        .contains("interval: '20s'\n    query_offset: '0s'\n    limit: 9\n");
    assertThat(text(files, "rules/pay/b.yml"))
        .contains("interval: '1m'\n    query_offset: '1m'\n    rules:");
    // a group's own interval is the tests', too
    Oracle.orSkip()
        .accepts(
            Oracle.files(
                spec.replace("2.53", "2.42")
                    .replace(", queryOffset: 1m", "")
                    .replace(", queryOffset: 0s", "")),
            folder,
            "own group");
  }

  private static String text(Map<String, byte[]> files, String path) {
    return new String(Objects.requireNonNull(files.get(path)), StandardCharsets.UTF_8);
  }

  @Test
  void several_files_are_one_specification() throws Exception {
    SpecText services =
        new SpecText(
            "b.yaml", "apiVersion: tidemark/v1\n" + GOOD.substring(GOOD.indexOf("services:")));
    SpecText rest = new SpecText("a.yaml", GOOD.substring(0, GOOD.indexOf("services:")));
    Generator.Output output =
        Generator.generate(List.of(rest, services), (all, target) -> List.of());
    assertThat(output.files()).usingRecursiveComparison().isEqualTo(Oracle.files(GOOD));
  }

  @Test
  void only_one_file_may_say_what_holds_for_all() {
    SpecText one = new SpecText("a.yaml", GOOD);
    SpecText two = new SpecText("b.yaml", "apiVersion: tidemark/v1\ntarget: {engine: exporter}\n");
    assertThatThrownBy(() -> Generator.generate(List.of(one, two), (all, target) -> List.of()))
        .hasMessageContaining("b.yaml:2:9: target is said already at a.yaml:2:9");
  }

  @Test
  void a_receiver_without_a_webhook_is_nobody_and_a_team_should_have_somebody() throws Exception {
    String silent = GOOD.replace("receivers: [", "receivers: [{name: nobody}, ");
    assertThat(warnings(silent.replace("5m}", "5m, receiver: nobody}"))).isEmpty();
    assertThat(warnings(silent.replace("receiver: hook", "receiver: nobody")))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("reach nobody");
  }

  private static List<String> warnings(String spec) throws ProblemsException {
    return Generator.generate(List.of(new SpecText("spec.yaml", spec)), (all, target) -> List.of())
        .warnings()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void a_specification_without_services_is_none() {
    assertThatThrownBy(() -> Oracle.files("apiVersion: tidemark/v1\n"))
        .hasMessageContaining("needs at least one service")
        .hasMessageContaining("needs at least one receiver");
  }

  @Test
  void what_nobody_said_is_told_where_it_could_be_said() {
    assertThatThrownBy(() -> Oracle.files("apiVersion: tidemark/v1\n"))
        .hasMessageContaining("spec.yaml: receivers: needs at least one receiver")
        .hasMessageContaining("spec.yaml: services: needs at least one service");
    assertThatThrownBy(
            () -> Oracle.files(GOOD.replace("{groupInterval: 5m}", "{groupInterval: 4h}")))
        .hasMessageContaining("spec.yaml:4:10: repeatInterval: found 3h, needs at least");
  }
}
