package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.toolkit.launch.Cli;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as people type it: exit codes, what stands on stdout and what on stderr. */
class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final InputStream stdin = System.in;
  @TempDir Path directory;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(stdout);
    System.setErr(stderr);
    System.setIn(stdin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate --out=none",
        "plan --out=none",
        "lint",
        "cost",
        "routes test",
        "explain api/A",
        "test"
      })
  void what_is_wrong_with_a_specification_is_told_in_json(String verb) throws Exception {
    Path broken = directory.resolve("broken.yaml");
    Files.writeString(broken, "apiVersion: tidemark/v1\nservice: []\n");
    String[] words = (verb + " --format=json --spec " + broken).split(" ");
    assertThat(run(words)).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(out()).get("problems").get(0).get("message").asText())
        .contains("did you mean services?");
    assertThat(out().lines()).hasSize(1);
  }

  @Test
  void generates_checks_and_changes_nothing_the_second_time() throws Exception {
    String dir = directory.resolve("out").toString();
    assertThat(run("generate", "--spec", "examples/fleet.yaml", "--out", dir, "--check"))
        .isEqualTo(1);
    assertThat(directory.resolve("out")).doesNotExist();
    assertThat(run("generate", "--spec", "examples/fleet.yaml", "--out", dir)).isZero();
    assertThat(out()).contains("written  rules/pay/payments.yml");
    assertThat(run("generate", "--spec", "examples/fleet.yaml", "--out", dir, "--check")).isZero();
    assertThat(run("generate", "--spec", "examples/fleet.yaml", "--out", dir)).isZero();
    assertThat(out()).contains("up to date: 73 files");
  }

  @Test
  void dashboards_can_be_written_elsewhere_and_leave_the_folder_they_were_in() throws Exception {
    Path dir = directory.resolve("out");
    Path boards = directory.resolve("boards");
    String[] both = {
      "generate",
      "--spec",
      "examples/fleet.yaml",
      "--out",
      dir.toString(),
      "--dashboards",
      boards.toString(),
      "--check"
    };
    String[] write = Arrays.copyOf(both, both.length - 1);
    assertThat(run("generate", "--spec", "examples/fleet.yaml", "--out", dir.toString())).isZero();
    assertThat(dir.resolve("dashboards/fleet.json")).exists();
    assertThat(run(both)).isEqualTo(1);
    assertThat(run(write)).isZero();
    assertThat(dir.resolve("dashboards")).doesNotExist();
    assertThat(boards.resolve("fleet.json")).exists();
    assertThat(boards.resolve("lock.json")).content().contains("\"fleet.json\"");
    assertThat(run(both)).isZero();
  }

  @Test
  void lints_files_and_specifications() throws Exception {
    Path file = directory.resolve("r.yml");
    Files.writeString(
        file,
        """
        groups:
        - name: g
          rules:
          - alert: A
            expr: rate(go_goroutines[5m]) > 1
            annotations: {summary: a}
        """);
    assertThat(run("lint", file.toString())).isEqualTo(1);
    assertThat(out())
        .contains("r.yml:5:11: warning: go_goroutines is a gauge")
        .contains("[rate-of-gauge]\n  5 |     expr: rate(go_goroutines[5m]) > 1\n")
        .contains("    |           ^^^^^^^^^^^^^^^^^^^^^^^\n  A: right would be: deriv(")
        .endsWith("1 rule, 2 findings: 1 warning, 1 info\n");
    assertThat(run("lint", "--fail-on=error", file.toString())).isZero();
    out.reset();
    assertThat(run("lint", "--format=json", directory.toString())).isEqualTo(1);
    assertThat(out())
        .startsWith("{\"rules\":1,\"findings\":[{\"id\":\"missing-runbook\",\"level\":\"info\"")
        .contains("\"page\":\"docs/lint.md#rate-of-gauge\"");
    out.reset();
    assertThat(run("lint", "--spec", "examples/fleet.yaml")).isZero();
    assertThat(out()).isEqualTo("39 rules, nothing found\n");
    assertThat(run("lint", "--max-samples=1", "--spec", "examples/fleet.yaml")).isEqualTo(1);
    assertThat(out())
        .contains("examples/fleet.yaml:34:9: warning: reads")
        .contains("[cost-budget]");
    assertThat(run("lint", "../alerts")).isZero();
    assertThat(run("lint")).isEqualTo(2);
    assertThat(run("lint", "--spec", "examples/fleet.yaml", file.toString())).isEqualTo(2);
    assertThat(run("lint", "examples")).isEqualTo(1);
    assertThat(out()).contains("is a specification and no rule file: write --spec ");
  }

  @Test
  void a_server_that_does_not_answer_ends_with_three() {
    assertThat(run("lint", "../alerts", "--prometheus=http://127.0.0.1:1")).isEqualTo(3);
    assertThat(run("cost", "../alerts", "--prometheus=http://127.0.0.1:1")).isEqualTo(3);
    assertThat(err())
        .contains(
            "error: Prometheus at http://127.0.0.1:1 does not answer: refused; does it run, and is"
                + " that its address?\n");
    assertThat(run("cost", "../alerts", "--prometheus=nonsense")).isEqualTo(2);
    err.reset();
    assertThat(run("cost", "../alerts", "--prometheus=127.0.0.1:9090")).isEqualTo(2);
    assertThat(err())
        .isEqualTo("error: --prometheus: found \"127.0.0.1:9090\", needs http://host:port\n");
  }

  @Test
  void says_what_rules_cost_and_fails_above_a_budget() {
    assertThat(run("cost", "--spec", "examples/fleet.yaml")).isZero();
    assertThat(out())
        .startsWith("     samples    series    adds  every  rule\n")
        .containsPattern("39 rules read \\d+ samples a second and add 0 series, by fleet sizes");
    assertThat(run("cost", "--spec", "examples/fleet.yaml", "--budget=1")).isEqualTo(1);
    assertThat(out()).contains("over budget: all rules read");
    assertThat(run("cost", "--spec", "examples/fleet.yaml", "--rule-budget=100")).isEqualTo(1);
    assertThat(out()).contains("samples at an evaluation, allowed are 100");
    out.reset();
    assertThat(run("cost", "../alerts", "--format=json", "--budget=100000000")).isZero();
    assertThat(out()).startsWith("{\"from\":\"fleet sizes and assumptions\",\"samplesPerSecond\":");
  }

  @Test
  void what_cannot_be_read_is_not_taken_for_cheap_nor_for_a_specification() throws Exception {
    Path broken = directory.resolve("broken.yml");
    Files.writeString(broken, "groups: [");
    assertThat(run("cost", broken.toString())).isEqualTo(1);
    assertThat(err()).contains("broken.yml:1:");
    assertThat(run("cost", "--format=json", broken.toString())).isEqualTo(1);
    assertThat(out()).contains("\"problems\":[{\"file\":");
    Path spec = directory.resolve("spec.yaml");
    assertThat(run("import", broken.toString(), "--out", spec.toString())).isEqualTo(1);
    Path empty = directory.resolve("empty.yml");
    Files.writeString(empty, "");
    assertThat(run("import", empty.toString(), "--out", spec.toString())).isEqualTo(2);
    Path bare = directory.resolve("bare.yml");
    for (String none :
        List.of("groups: []", "groups: [{name: g, rules: []}]", "groups: [{name: g}]")) {
      Files.writeString(bare, none);
      err.reset();
      assertThat(run("import", bare.toString(), "--out", spec.toString())).as(none).isEqualTo(2);
      assertThat(err()).as(none).isEqualTo("error: " + bare + ": holds no rules\n");
      assertThat(spec).doesNotExist();
    }
    Files.writeString(
        bare, "groups: [{name: g, rules: [{alert: A, expr: up, labels: {severity: page}}]}]");
    err.reset();
    assertThat(run("import", bare.toString(), "--out", spec.toString())).isEqualTo(1);
    assertThat(err())
        .endsWith(
            "0 rules taken over, 1 thing that cannot be: the specification holds comments alone\n");
    assertThat(run("plan", "--spec", "examples/fleet.yaml", "--out", empty.toString()))
        .isEqualTo(2);
    assertThat(err()).contains("empty.yml: is in the way, needs a folder there");
  }

  @Test
  void says_which_rules_go_by_a_name_and_what_was_expected_of_a_route() {
    assertThat(run("explain", "payments/GoOomLop", "--spec", "examples/fleet.yaml")).isEqualTo(2);
    assertThat(err()).contains("did you mean payments/GoOomLoop?\n");
    assertThat(run("explain", "GoOomLop", "--rules", "../alerts")).isEqualTo(2);
    assertThat(err()).endsWith("did you mean GoOomLoop?\n");
    String[] asked = {
      "routes", "test", "--spec", "examples/fleet.yaml", "team=pay", "--receivers", "pay-oncall"
    };
    assertThat(run(asked)).isEqualTo(1);
    assertThat(out()).endsWith("  --receivers wants pay-oncall, and it reaches tidemark\n");
  }

  @Test
  void explains_an_id_an_alert_of_a_specification_or_of_files_and_an_expression() {
    assertThat(run("explain", "memory-near-limit")).isZero();
    assertThat(out()).startsWith("# GoMemoryNearLimit").contains("## When it is wrong");
    assertThat(run("explain", "memory-near-limits")).isEqualTo(2);
    assertThat(err()).contains("did you mean memory-near-limit?");
    out.reset();
    String fleet = "examples/fleet.yaml";
    assertThat(run("explain", "payments/GoMemoryNearLimit", "--spec", fleet)).isZero();
    assertThat(out())
        .startsWith("GoMemoryNearLimit  (examples/fleet.yaml:")
        .contains("  Looked at every 1m. Fires once it was true at every look for 10m")
        .contains("  above = 0.9, from the specification\n")
        .contains("kube_pod_container_resource_limits (kube-state-metrics); without it: goes on")
        .contains("container_memory_working_set_bytes (cadvisor); without it: silent");
    out.reset();
    assertThat(run("explain", "CheckoutQueueStuck", "--rules", "../alerts")).isZero();
    assertThat(out()).contains("  the slope a second of queue_depth{job=\"checkout\"}, a line");
    out.reset();
    assertThat(run("explain", "--expr", "up == 0", "--format=json")).isZero();
    assertThat(out())
        .isEqualTo(
            "{\"explained\":[{\"name\":\"up == 0\",\"does\":[],\"looksAt\":[\"up\",\"is equal to 0\"],"
                + "\"settings\":[],\"needs\":[{\"metric\":\"up\",\"from\":\"Prometheus\","
                + "\"missing\":\"silent\"}]}]}\n");
    assertThat(run("explain", "--expr", "up ==")).isEqualTo(1);
    assertThat(run("explain", "NoSuchAlert", "--spec", fleet)).isEqualTo(2);
  }

  @Test
  void says_who_gets_an_alert_and_what_holds_it_back() {
    String spec = "--spec=examples/fleet.yaml";
    assertThat(run("routes", "test", spec)).isZero();
    assertThat(out())
        .contains("GoHeapLeak {severity=warning, team=pay} -> tidemark\n")
        .contains("TidemarkExporterStale")
        .contains("-> platform-oncall\n");
    out.reset();
    String[] held = {
      "routes",
      "test",
      spec,
      "--alert=ledger/GoMemoryNearLimit",
      "namespace=a",
      "pod=b",
      "--while=alertname=GoMemoryNearLimit,severity=critical,namespace=a,pod=b"
    };
    assertThat(run(held)).isZero();
    assertThat(out()).contains("  held back by {alertname=GoMemoryNearLimit,");
    out.reset();
    assertThat(run("routes", "test", spec, "team=shop", "--receivers=tidemark")).isZero();
    assertThat(run("routes", "test", spec, "team=nobody", "--receivers=platform-oncall"))
        .isEqualTo(1);
    assertThat(out())
        .startsWith("an alert {team=shop} -> tidemark\nan alert {team=nobody} -> tidemark\n")
        .endsWith(
            "nobody} -> tidemark\n  --receivers wants platform-oncall, and it reaches tidemark\n");
    out.reset();
    assertThat(run("routes", "test", spec, "team=shop", "b=", "name=a\n  b{\"}", "alertname=A\nB"))
        .isZero();
    assertThat(out())
        .isEqualTo("\"A\\nB\" {b=\"\", name=\"a\\n  b{\\\"}\", team=shop} -> tidemark\n");
    out.reset();
    List<String> wanted = new ArrayList<>(List.of(held));
    wanted.add("--receivers=" + "tidemark");
    assertThat(run(wanted.toArray(new String[0]))).isEqualTo(1);
    assertThat(out()).contains("  --receivers wants tidemark, and it is held back\n");
    assertThat(run("routes", "test", spec, "team")).isEqualTo(2);
    assertThat(run("routes", "test", spec, "--alert=None")).isEqualTo(2);
    out.reset();
    assertThat(run("routes", "test", spec, "team=shop", "--format=json")).isZero();
    assertThat(out())
        .isEqualTo(
            "{\"alerts\":[{\"labels\":{\"team\":\"shop\"},\"receivers\":[\"tidemark\"],\"muted\":[],"
                + "\"active\":[]}]}\n");
  }

  @Test
  void imports_files_into_a_specification_that_validates() throws Exception {
    String to = directory.resolve("imported.yaml").toString();
    assertThat(run("import", "../alerts/rules", "--out", to)).isZero();
    assertThat(err()).contains("39 rules taken over, 0 things that cannot be");
    Path rules = directory.resolve("r.yml");
    Files.writeString(rules, "groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]");
    assertThat(run("import", rules.toString(), "--out", to)).isEqualTo(2);
    Files.delete(Path.of(to));
    assertThat(run("import", rules.toString(), "--out", to)).isZero();
    assertThat(run("validate", "--spec", to)).isZero();
    assertThat(out()).endsWith("1 service, 1 rule, 1 warning\n");
    assertThat(err()).contains("warning: ", "reach nobody");
    out.reset();
    assertThat(run("import", rules.toString(), "--format=json")).isZero();
    assertThat(out()).startsWith("{\"rules\":1,\"left\":[],\"notes\":[");
    assertThat(run("import")).isEqualTo(2);
  }

  @Test
  void runs_the_tests_and_says_what_they_cover() {
    Oracle unused = Oracle.orSkip();
    String spec = "--spec=examples/fleet.yaml";
    assertThat(run("test", spec, "--coverage")).isZero();
    assertThat(out())
        .containsPattern("ok      tests/pay/payments-Excerpt1_test.yml  [0-9.]+ s\n")
        .contains(
            "payments/GoHeapLeak (warning): firing, silent-below, no-data, restart, gap,"
                + " duplicates; not tested: missing-join")
        .endsWith("16 files passed, 0 failed\n");
    assertThat(run("test", spec, "--require=firing")).isEqualTo(1);
    assertThat(out())
        .contains("checkout/CheckoutQueueStuck (warning): no-data; not tested: firing")
        .containsPattern(
            "16 files passed, 0 failed; \\d+ alerts? without a test that --require wants\n$");
    out.reset();
    assertThat(run("test", spec, "--require=no-data")).isLessThan(2);
    assertThat(run("test", spec, "--require=nonsense")).isEqualTo(2);
  }

  @Test
  void plans_in_words() throws Exception {
    String dir = directory.resolve("out").toString();
    assertThat(run("plan", "--spec", "examples/fleet.yaml", "--out", dir)).isZero();
    assertThat(out()).contains("+ alert payments/GoHeapLeak: severity warning, for 15m\n");
    assertThat(directory.resolve("out")).doesNotExist();
    assertThat(run("generate", "--spec", "examples/fleet.yaml", "--out", dir)).isZero();
    out.reset();
    assertThat(run("plan", "--spec", "examples/fleet.yaml", "--out", dir)).isZero();
    assertThat(out()).isEqualTo("nothing would change\n");
    Path spec = directory.resolve("s.yaml");
    Files.writeString(
        spec, Files.readString(Path.of("examples/fleet.yaml")).replace("above: 0.9", "above: 0.8"));
    out.reset();
    assertThat(run("plan", "--format=json", "--spec", spec.toString(), "--out", dir)).isZero();
    assertThat(out())
        .contains("\"changed\":2") // the alert, and its runbook
        .contains(
            "{\"kind\":\"changed\",\"what\":\"alert\",\"name\":\"payments/GoMemoryNearLimit\","
                + "\"details\":[\"threshold 0.9 -> 0.8\"]}");
  }

  @Test
  void validates_and_generates_in_json() throws Exception {
    String dir = directory.resolve("out").toString();
    assertThat(run("validate", "--format=json", "--spec=examples/fleet.yaml")).isZero();
    assertThat(out()).isEqualTo("{\"services\":8,\"rules\":39,\"problems\":[],\"warnings\":[]}\n");
    out.reset();
    Path broken = Files.writeString(directory.resolve("s.yaml"), "apiVersion: tidemark/v3\n");
    assertThat(run("validate", "--format=json", "--spec", broken.toString())).isEqualTo(1);
    assertThat(out()).contains("\"line\":1,\"column\":13,\"message\":\"found ");
    out.reset();
    assertThat(run("generate", "--format=json", "--spec=examples/fleet.yaml", "--out", dir))
        .isZero();
    assertThat(out())
        .startsWith("{\"folders\":[{\"files\":")
        .contains("\"removed\":[],\"kept\":[]}");
  }

  @Test
  void reads_a_folder_and_stdin() throws Exception {
    String spec = Files.readString(Path.of("examples/fleet.yaml"));
    Files.writeString(directory.resolve("fleet.yml"), spec);
    Files.writeString(directory.resolve("notes.txt"), "no spec");
    assertThat(run("validate", "--spec", directory.toString())).isZero();
    System.setIn(new ByteArrayInputStream(spec.getBytes(StandardCharsets.UTF_8)));
    assertThat(run("validate", "--spec", "-")).isZero();
    assertThat(out()).contains("8 services, 39 rules, no problems");
  }

  @Test
  void validate_holds_warnings_in_its_json() throws Exception {
    String spec =
        Files.readString(Path.of("examples/fleet.yaml"))
            .replaceFirst("severity: critical", "severity: critcal");
    Path file = Files.writeString(directory.resolve("s.yaml"), spec);
    assertThat(run("validate", "--spec", file.toString(), "--format", "json")).isZero();
    assertThat(out())
        .contains("\"problems\":[],\"warnings\":[{\"file\":\"" + file + "\",\"line\":")
        .contains("did you mean critical?");
    assertThat(err()).contains("warning: ");
  }

  @Test
  void a_specification_with_errors_ends_with_one_and_shows_them() throws Exception {
    Path spec =
        Files.writeString(directory.resolve("s.yaml"), "apiVersion: tidemark/v3\nteam: 5\n");
    assertThat(run("validate", "--spec", spec.toString())).isEqualTo(1);
    assertThat(err())
        .contains("s.yaml:2:1: unknown key \"team\", did you mean teams?")
        .contains("  2 | team: 5\n    | ^^^^\n")
        .endsWith("2 problems\n");
    assertThat(out()).isEmpty();
    for (String verb : List.of("lint", "cost", "plan", "generate")) {
      err.reset();
      String[] flags = {verb, "--spec=" + spec, "--out=" + directory.resolve("o")};
      assertThat(run(verb.length() < 5 && !verb.equals("plan") ? Arrays.copyOf(flags, 2) : flags))
          .isEqualTo(1);
      assertThat(err().contains("nothing was written")).as(verb).isEqualTo(verb.equals("generate"));
    }
  }

  @Test
  void a_mistyped_verb_or_number_is_told_what_would_be_right() {
    assertThat(run("lnt")).isEqualTo(2);
    assertThat(err())
        .contains("'lnt', did you mean lint? There are: init, validate, generate, format, lint,")
        .contains("apply\n");
    err.reset();
    assertThat(run("cost", "../alerts", "--budget=much")).isEqualTo(2);
    assertThat(err()).contains("'much' is no number, needs one such as 0.5\n");
    err.reset();
    assertThat(run("cost", "../alerts", "--rule-budget=1.5")).isEqualTo(2);
    assertThat(err()).contains("'1.5' is no whole number, needs one such as 100\n");
  }

  @Test
  void wrong_flags_and_unreadable_files_end_with_two() throws Exception {
    assertThat(run("validate")).isEqualTo(2);
    assertThat(run("validate", "--spec", "/no/such/file")).isEqualTo(2);
    assertThat(run("generate", "--spec", "examples/fleet.yaml")).isEqualTo(2);
    assertThat(run("nonsense")).isEqualTo(2);
    assertThat(run("validate", "--spec", directory.toString())).isEqualTo(2);
    Path bytes = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xFF, 0x20});
    assertThat(run("validate", "--spec", bytes.toString())).isEqualTo(2);
    assertThat(err()).contains("no such file").contains("UTF-8");
  }

  @Test
  void a_strangers_file_in_the_way_ends_with_one() throws Exception {
    Path stranger = directory.resolve("out/rules/pay/payments.yml");
    Files.createDirectories(stranger.getParent());
    Files.writeString(stranger, "mine");
    String dir = directory.resolve("out").toString();
    assertThat(run("generate", "--spec", "examples/fleet.yaml", "--out", dir)).isEqualTo(1);
    assertThat(err()).contains("not written by this program");
    assertThat(stranger).hasContent("mine");
  }

  @Test
  void an_expression_of_ones_own_is_parsed_and_its_error_shown_at_the_character() throws Exception {
    String spec = Files.readString(Path.of("examples/fleet.yaml"));
    Path broken = directory.resolve("s.yaml");
    Files.writeString(broken, spec.replace("[30m]) > 0", "[30m]) > > 0"));
    assertThat(run("validate", "--spec", broken.toString())).isEqualTo(1);
    assertThat(err()).containsPattern("s.yaml:\\d+:58: expr: expected an expression");
  }

  @Test
  void help_and_version_are_everywhere() {
    assertThat(run("--help")).isZero();
    assertThat(run("generate", "--help")).isZero();
    assertThat(run("--version")).isZero();
    assertThat(out())
        .contains("validate")
        .contains("--spec")
        .containsPattern("tidemark rules \\S+\n");
  }

  private static int run(String... arguments) {
    return Cli.run(new Main(), arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
