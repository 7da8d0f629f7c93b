package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.server.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each program started with a file that is wrong: all problems with their places, at once, exit
 * code.
 */
@NeedsPrograms
class BadConfigTest {
  /** A second on a machine of one's own; a loaded build machine gets more, a hang still fails. */
  private static final Duration AT_MOST = Duration.ofSeconds(15);

  private static final String BOMB =
      """
      a: &a [x, x, x, x, x, x, x, x, x]
      b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
      c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
      d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
      e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
      f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]
      g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f]
      h: [*g, *g, *g, *g, *g, *g, *g, *g, *g]
      """;

  @TempDir Path folder = Path.of("");

  /**
   * @param text of the file; empty file when empty, no file when it is {@code (none)}
   * @param says parts the output must have
   */
  private record Case(
      String program, String description, int code, String text, List<String> says) {
    @Override
    public String toString() {
      return program + ": " + description;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String program : List.of("exporter", "webhook", "rules")) {
      // a specification with errors is a finding of its tool; a server cannot start without its
      // config
      int invalid = program.equals("rules") ? 1 : 2;
      cases.add(new Case(program, "a missing file", 2, "(none)", List.of("config.yml")));
      cases.add(new Case(program, "an empty file", invalid, "", List.of("config.yml")));
      cases.add(new Case(program, "a YAML bomb", invalid, BOMB, List.of("config.yml:")));
      cases.add(
          new Case(
              program, "not YAML at all", invalid, "a: [1, 2\nb: }\n", List.of("config.yml:")));
      cases.add(new Case(program, "bytes", invalid, "\u0000\u0001\u0002", List.of("config.yml")));
    }
    cases.add(
        new Case(
            "exporter",
            "an unknown key",
            2,
            "sources: [{url: 'http://localhost:9090'}]\nintervall: 30s\n",
            List.of("config.yml:2:1", "intervall", "interval")));
    cases.add(
        new Case(
            "exporter",
            "a wrong type",
            2,
            "sources: [{url: 'http://localhost:9090'}]\nsignals: 5\n",
            List.of("config.yml:2:")));
    cases.add(
        new Case(
            "exporter",
            "three errors",
            2,
            """
            sources: [{url: 'http://localhost:9090'}]
            intervall: 30s
            delay: soon
            growth: {warmUp: [1]}
            """,
            List.of("config.yml:2:1", "config.yml:3:8", "config.yml:4:")));
    cases.add(
        new Case(
            "webhook",
            "an unknown key",
            2,
            "playbooks: []\nclusterr: demo\n",
            List.of("config.yml:2:1", "clusterr", "cluster")));
    cases.add(new Case("webhook", "a wrong type", 2, "playbooks: 5\n", List.of("config.yml:1:")));
    cases.add(
        new Case(
            "webhook",
            "three errors",
            2,
            """
            playbooks: []
            clusterr: demo
            targets: [{pprof: 'http://localhost:1'}]
            retention: soon
            """,
            List.of("config.yml:2:1", "config.yml:3:", "config.yml:4:")));
    cases.add(
        new Case(
            "rules",
            "three errors",
            1,
            """
            apiVersion: tidemark/v1
            teems: []
            defaults: {scrapeInterval: soon}
            routing: {groupWait: [1]}
            services: []
            """,
            List.of("config.yml:2:1", "config.yml:3:", "config.yml:4:")));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void every_problem_is_told_with_its_place(Case bad) throws Exception {
    Path config = folder.resolve("config.yml");
    if (!bad.text().equals("(none)")) {
      Files.writeString(config, bad.text(), StandardCharsets.UTF_8);
    }
    Instant began = Instant.now();
    Process process =
        new ProcessBuilder(command(bad.program(), config))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = output(process);
    Duration took = Duration.between(began, Instant.now());
    assertThat(process.exitValue()).as(out).isEqualTo(bad.code());
    assertThat(out).contains(bad.says()).doesNotContain("Exception", "\tat ");
    assertThat(took).as(out).isLessThan(AT_MOST);
  }

  private List<String> command(String program, Path config) {
    List<String> command =
        Project.find().java(program, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    if (program.equals("rules")) {
      command.addAll(List.of("validate", "--spec", config.toString()));
    } else {
      command.addAll(
          List.of(
              "--config.file=" + config,
              "--storage.path=" + folder.resolve("data"),
              "--web.listen-address=127.0.0.1:0"));
    }
    return command;
  }

  private static String output(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    Thread late =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                process.destroyForcibly();
              }
            });
    late.setDaemon(true);
    late.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }
}
