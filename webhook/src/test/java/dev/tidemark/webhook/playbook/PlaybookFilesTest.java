package dev.tidemark.webhook.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PlaybookFilesTest {
  static final String GOOD =
      """
      apiVersion: tidemark/v1
      kind: Playbook
      metadata: {name: leak, owner: pay}
      mode: dry-run
      match: {alerts: ['alertname="GoGoroutineLeak"', 'severity!="info"'], status: firing}
      target: {kind: Static, name: pay}
      policy:
        episode: once
        freshness: {maxAge: 15m, recheck: [alertmanager, prometheus]}
        cooldown: {per: workload, for: 30m}
        rateLimit: [{per: workload, max: 1, every: 1m}]
        blastRadius: {maxTargets: 1}
        approval: {ttl: 30m, onTimeout: escalate}
        giveUpAfter: {failures: 2, per: workload, within: 6h}
      precheck: [{promql: {expr: 'go_goroutines{namespace="$namespace"}', success: 'result > 20000'}}]
      steps:
        - pprof: {profiles: ['goroutineleak?debug=1', 'goroutine?debug=1', heap], maxBytes: 64Mi}
          onError: continue
        - diagnose: {}
        - http: {url: 'http://localhost:1/restart?job=$job', body: '{"job": "$job"}', settle: {url: 'http://localhost:1/r/$stepId'}}
          deadline: 1m
        - notify: slack
      verify:
        initialDelay: 2m
        checks: [{slope: {signal: goroutines, window: 15m}}, {promql: {expr: up, success: 'result == 1'}}]
      onFailure: {rollback: [], escalate: [{notify: {to: slack, text: '$outcome'}}]}
      onResolved: {cancelPending: true}
      """;

  @TempDir Path folder;

  List<LoadedPlaybook> load(String... globs) throws ProblemsException {
    return PlaybookFiles.load(
        folder,
        Arrays.stream(globs)
            .map(glob -> new Placed<>(glob, new Place("webhook.yml", 1, 1)))
            .toList());
  }

  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  List<String> problems(String... globs) {
    ProblemsException e = catchThrowableOfType(ProblemsException.class, () -> load(globs));
    return e.problems().stream().map(Object::toString).toList();
  }

  @Test
  void a_playbook_with_every_key_is_read() throws Exception {
    write("p.yml", GOOD);
    LoadedPlaybook loaded = load("p.yml").get(0);
    Playbook playbook = loaded.playbook();
    assertThat(playbook.name()).isEqualTo("leak");
    assertThat(playbook.steps())
        .extracting(StepSpec::kind)
        .containsExactly("pprof", "diagnose", "http", "notify");
    assertThat(loaded.hash()).hasSize(64);
    assertThat(PlaybookFiles.reread("x", loaded.source()).playbook().name()).isEqualTo("leak");
  }

  @Test
  void what_is_left_out_is_careful() throws Exception {
    write(
        "p.yml",
        """
        apiVersion: tidemark/v1
        kind: Playbook
        metadata: {name: small}
        match: {alerts: [alertname=X]}
        target: {kind: Static}
        steps: [{diagnose: {}}]
        """);
    Playbook playbook = load("p.yml").get(0).playbook();
    assertThat(playbook.mode()).isEqualTo(Mode.DRY_RUN);
    assertThat(playbook.policy().rateLimit()).hasSize(2);
    assertThat(playbook.policy().cooldown().length()).hasMinutes(30);
    assertThat(playbook.policy().giveUpAfter().failures()).isEqualTo(2);
    assertThat(playbook.onResolved().cancelPending()).isTrue();
    assertThat(playbook.policy().freshness().recheck()).isNull();
  }

  @Test
  void files_come_in_the_order_of_the_globs_and_each_once() throws Exception {
    write("b/2.yml", GOOD.replace("name: leak", "name: two"));
    write("b/1.yml", GOOD.replace("name: leak", "name: one"));
    write("a/3.yml", GOOD.replace("name: leak", "name: three"));
    write("a/notes.txt", "no playbook");
    assertThat(load("b/*.yml", "**/*.yml", "none/*.yml"))
        .extracting(loaded -> loaded.playbook().name())
        .containsExactly("one", "two", "three");
  }

  @Test
  void a_file_that_is_named_must_be_there_and_a_name_stands_once() throws Exception {
    write("1.yml", GOOD);
    write("2.yml", GOOD);
    assertThat(problems("*.yml")).singleElement().asString().contains("stands in", "already");
    assertThat(problems("gone.yml")).singleElement().asString().contains("gone.yml");
  }

  @Test
  void all_problems_of_all_files_come_at_once() throws Exception {
    write("1.yml", "");
    write("2.yml", GOOD.replace("owner: pay", "onwer: pay").replace("max: 1,", "max: 0,"));
    write("3.yml", "a: &x [*x]");
    assertThat(problems("*.yml").size()).isGreaterThan(3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void what_cannot_be_is_refused_with_place_and_reason(
      String description, String from, String to, String words) throws Exception {
    assertThat(GOOD).contains(from);
    write("p.yml", GOOD.replace(from, to));
    assertThat(problems("p.yml"))
        .anySatisfy(problem -> assertThat(problem).contains("p.yml:").contains(words));
  }

  static Stream<Arguments> what_cannot_be_is_refused_with_place_and_reason() {
    return Stream.of(
        Arguments.of("other version", "tidemark/v1", "tidemark/v9", "must be tidemark/v1"),
        Arguments.of("other kind", "kind: Playbook", "kind: Rule", "must be Playbook"),
        Arguments.of("bad name", "name: leak", "name: Leak_1", "lower-case"),
        Arguments.of("unknown mode", "mode: dry-run", "mode: yolo", "auto"),
        Arguments.of("unknown key", "mode:", "modee:", "did you mean mode"),
        Arguments.of("no steps", "  - diagnose: {}\n", "  - {}\n", "exactly one of"),
        Arguments.of("two kinds", "- diagnose: {}", "- {diagnose: {}, notify: x}", "exactly one"),
        Arguments.of("a later step", "- diagnose: {}", "- evict: {}", "not available yet"),
        Arguments.of(
            "a later baseline",
            "- diagnose: {}",
            "- heapDiff: {baseline: lastHealthyPodOfSameImage}",
            "baseline: is not available yet"),
        Arguments.of("no path", "- diagnose: {}", "- heapDiff: {top: 0}", "top: 1 to 200"),
        Arguments.of("no threshold", "- diagnose: {}", "- heapDiff: {threshold: 0}", "more than 0"),
        Arguments.of("a later target", "kind: Static", "kind: Pod", "needs Kubernetes"),
        Arguments.of("a later policy", "maxTargets: 1", "minHealthy: 51%", "not available yet"),
        Arguments.of("roles", "ttl: 30m,", "ttl: 30m, roles: [a],", "not available yet"),
        Arguments.of(
            "empty match",
            "alerts: ['alertname=\"GoGoroutineLeak\"', 'severity!=\"info\"']",
            "alerts: []",
            "at least one matcher"),
        Arguments.of("bad matcher", "severity!=\"info\"", "severity<3", "needs a matcher"),
        Arguments.of("bad regex", "severity!=\"info\"", "severity=~\"(\"", "regular expression"),
        Arguments.of("negative limit", "max: 1,", "max: -1,", "at least 1"),
        Arguments.of(
            "bad promql",
            "go_goroutines{namespace",
            "sum(go_goroutines{namespace",
            "expression is wrong"),
        Arguments.of("range vector", "expr: up,", "expr: 'up[5m]',", "expected values to compare"),
        Arguments.of(
            "name outside quotes",
            "namespace=\"$namespace\"",
            "namespace=$namespace",
            "double-quoted"),
        Arguments.of(
            "name in backticks",
            "namespace=\"$namespace\"",
            "namespace=`$namespace`",
            "double-quoted"),
        Arguments.of("bad condition", "result > 20000", "value > 1", "needs a condition"),
        Arguments.of(
            "label as host",
            "http://localhost:1/restart?job=$job",
            "http://$job/",
            "stands in the host"),
        Arguments.of(
            "label as port",
            "http://localhost:1/restart?job=$job",
            "http://localhost:$job/",
            "stands in the host"),
        Arguments.of(
            "label as user",
            "http://localhost:1/restart?job=$job",
            "http://$job@localhost/",
            "stands in the host"),
        Arguments.of(
            "no http",
            "http://localhost:1/restart?job=$job",
            "file:///etc/passwd",
            "needs an address"),
        Arguments.of("settle of anything", "/r/$stepId", "/r/last", "must name $stepId"),
        Arguments.of("body no JSON", "'{\"job\": \"$job\"}'", "'{\"job\": $job}'", "must be JSON"),
        Arguments.of("unknown profile", "heap]", "cpu]", "needs a profile"),
        Arguments.of("profile twice", "heap]", "'goroutine?debug=1']", "stands twice"),
        Arguments.of("zero window", "window: 15m", "window: 0s", "at least 1s"),
        Arguments.of(
            "no checks",
            "checks: [{slope: {signal: goroutines, window: 15m}}, {promql: {expr: up, success: 'result == 1'}}]",
            "checks: []",
            "at least one"),
        Arguments.of("secret header", "body:", "headers: {Authorization: x}, body:", "endpoints"),
        Arguments.of(
            "our own header", "body:", "headers: {Idempotency-Key: x}, body:", "cannot be set"),
        Arguments.of(
            "header break", "body:", "headers: {X: \"a\\r\\nb\"}, body:", "printable ASCII"));
  }

  @Test
  void a_huge_file_is_refused() throws Exception {
    write("p.yml", GOOD + "#".repeat(2 << 20));
    assertThat(problems("p.yml")).singleElement().asString().contains("larger than 1 MiB");
  }
}
