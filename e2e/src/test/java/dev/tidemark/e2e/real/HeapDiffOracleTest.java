package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.pprof.ValueType;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Differences of profiles of real Go programs beside what {@code go tool pprof} makes of them. */
@NeedsTools
@Timeout(400)
class HeapDiffOracleTest {
  @TempDir Path folder = Path.of("");
  private final Processes processes;
  private final Tools tools;
  private final PprofOracle oracle;

  HeapDiffOracleTest(Tools tools, @TempDir Path logs) throws IOException {
    this.tools = tools;
    this.processes = Processes.in(logs);
    this.oracle = new PprofOracle(tools.go());
  }

  @AfterEach
  void end() {
    processes.close();
  }

  @Test
  void every_function_of_every_pair_has_the_figures_of_pprof() throws Exception {
    Path program = folder.resolve("profiles");
    run(
        "build",
        List.of(
            tools.go().toString(),
            "build",
            "-o",
            program.toString(),
            Project.find().e2e("profiles").resolve("main.go").toString()));
    Path out = Files.createDirectory(folder.resolve("out"));
    run("profiles", List.of(program.toString(), out.toString()));
    int pairs = 0;
    int functions = 0;
    for (Path base : bases(out)) {
      String name = base.getFileName().toString();
      Path target = out.resolve(name.replaceAll("base$", "target"));
      for (ValueType type : PprofOracle.types(target)) {
        // -base differs in percentages only; one of both for each
        String difference = pairs % 2 == 0 ? "-diff_base" : "-base";
        List<String> expected = oracle.pprof(base, target, type, difference);
        assertThat(PprofOracle.ours(base, target, type)).as(name + " " + type).isEqualTo(expected);
        pairs++;
        functions += expected.size();
      }
    }
    assertThat(pairs).as("pairs of profiles and types").isGreaterThan(100);
    assertThat(functions).as("functions that changed").isGreaterThan(1000);
  }

  @Test
  void figures_of_a_real_server_are_those_of_pprof() throws Exception {
    int port = new Ports().next();
    Path config = Files.writeString(folder.resolve("p.yml"), "global: {scrape_interval: 1s}\n");
    Prometheus prometheus =
        Prometheus.start(processes, tools, port, config, folder.resolve("data"), new Http());
    prometheus.awaitReady(Duration.ofSeconds(60));
    for (String kind : List.of("heap", "allocs", "goroutine", "mutex", "block")) {
      Path base = folder.resolve(kind + ".base");
      Path target = folder.resolve(kind + ".target");
      String url = prometheus.url() + "/debug/pprof/" + kind;
      Files.write(base, new Http().bytes(url));
      for (int i = 0; i < 30; i++) {
        assertThat(prometheus.query("vector(" + i + ")")).hasSize(1);
      }
      Files.write(target, new Http().bytes(url));
      for (ValueType type : PprofOracle.types(target)) {
        assertThat(PprofOracle.ours(base, target, type))
            .as(kind + " " + type)
            .isEqualTo(oracle.pprof(base, target, type, "-diff_base"));
      }
    }
  }

  private void run(String name, List<String> command) throws Exception {
    OwnedProcess process = processes.start(name, command);
    assertThat(process.await(240, TimeUnit.SECONDS)).as(process.tail(20)).isZero();
  }

  private static List<Path> bases(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files
          .filter(file -> file.toString().endsWith(".base"))
          .filter(file -> !file.toString().endsWith(".text.base"))
          .sorted()
          .toList();
    }
  }
}
