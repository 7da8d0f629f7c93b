package dev.tidemark.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.launch.Cli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the program says of its configuration, by exit code and words. */
final class WebhookAppTest {
  private static final String CONFIG =
      """
      playbooks: [p.yml]
      cluster: c
      prometheus: http://127.0.0.1:1
      targets: [{name: pay, pprof: 'http://127.0.0.1:2/debug/pprof', labels: {job: pay}}]
      notifiers: [{name: people, webhook: {url: 'http://127.0.0.1:3/'}}]
      """;

  private static final String PLAYBOOK =
      """
      apiVersion: tidemark/v1
      kind: Playbook
      metadata: {name: leak}
      mode: auto
      match: {alerts: ['alertname="L"']}
      target: {kind: Static, name: pay}
      policy: {freshness: {recheck: [prometheus]}}
      steps: [{pprof: {}}, {notify: people}]
      verify: {checks: [{slope: {signal: goroutines}}]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws Exception {
    Files.writeString(folder.resolve("webhook.yml"), CONFIG);
    Files.writeString(folder.resolve("p.yml"), PLAYBOOK);
  }

  private record Ran(int code, String out, String err) {}

  private static Ran run(Object command, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler(
        (e, at, parsed) -> {
          err.write(String.valueOf(e.getMessage()));
          return Cli.INVALID;
        });
    return new Ran(line.execute(args), out.toString(), err.toString());
  }

  private Ran check() {
    return run(new CheckCommand(), "--config.file", folder.resolve("webhook.yml").toString());
  }

  @Test
  void a_good_configuration_is_fine() {
    Ran ran = check();
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("fine, 1 targets, 1 playbooks").contains("leak (auto, 2 steps)");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void what_does_not_fit_together_is_refused(
      String description, String file, String from, String to, String words) throws Exception {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
    Ran ran = check();
    assertThat(ran.code()).isEqualTo(Cli.INVALID);
    assertThat(ran.err()).contains(words);
  }

  static Stream<Arguments> what_does_not_fit_together_is_refused() {
    return Stream.of(
        Arguments.of("auto without a cluster", "webhook.yml", "cluster: c\n", "", "set cluster"),
        Arguments.of("no such target", "p.yml", "name: pay", "name: other", "no target other"),
        Arguments.of("no such notifier", "p.yml", "notify: people", "notify: x", "no notifier x"),
        Arguments.of(
            "no prometheus", "webhook.yml", "prometheus: http://127.0.0.1:1\n", "", "names none"),
        Arguments.of("no alertmanager", "p.yml", "[prometheus]", "[alertmanager]", "names none"),
        Arguments.of(
            "no such signal", "p.yml", "goroutines", "gorutines", "did you mean goroutines"),
        Arguments.of("missing playbook", "webhook.yml", "p.yml", "q.yml", "q.yml"),
        Arguments.of(
            "kubernetes",
            "webhook.yml",
            "cluster: c",
            "cluster: c\nkubernetes: {}",
            "not available yet"),
        Arguments.of(
            "target twice",
            "webhook.yml",
            "targets: [",
            "targets: [{name: pay, pprof: 'http://x/'}, ",
            "stands twice"),
        Arguments.of("unknown key", "webhook.yml", "cluster:", "clutser:", "did you mean cluster"),
        Arguments.of("empty", "webhook.yml", CONFIG, "", "empty"),
        Arguments.of(
            "a bomb", "webhook.yml", CONFIG, "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]", "alias"));
  }

  @Test
  void a_crash_point_is_named_by_number_or_text() {
    assertThat(WebhookFlags.Crash.parse("1").point().text()).isEqualTo("receipt-before-commit");
    assertThat(WebhookFlags.Crash.parse("effect-after:3").times()).isEqualTo(3);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> WebhookFlags.Crash.parse("nowhere"))
        .hasMessageContaining("17");
  }

  @Test
  void audit_of_no_journal_is_refused_and_makes_none() {
    Ran ran = run(new AuditCommand(), "--storage.path", folder.resolve("none").toString());
    assertThat(ran.code()).isEqualTo(Cli.INVALID);
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
