package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.Main;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as people run it, ended in each way it can end. */
@NeedsTools
@NeedsPrograms
class DemoTest {
  @TempDir Path folder = Path.of("");

  @Test
  void reaches_every_stage_and_what_it_wrote_pleases_promtool_and_amtool(Tools tools)
      throws Exception {
    try (Processes processes = Processes.in(folder)) {
      OwnedProcess demo = demo(processes);
      assertThat(demo.await(280, TimeUnit.SECONDS)).as(demo.tail(60)).isZero();
      String said = demo.tail(200);
      assertThat(said)
          .contains(
              "leak state 1, suspected",
              "leak state 2, confirmed",
              "alert firing",
              "notification on disk",
              "goroutines blocked on one channel send",
              "main.(*audit).publish",
              "leaks.go:15",
              "webhook killed (SIGKILL)",
              "restarted exactly once",
              "verified: ",
              "the episode closed")
          .containsPattern("Tidemark +paged after .* 0\n")
          .containsPattern(
              "go_goroutines > 1000 +silent: it peaked at [3-9]\\d\\d .* 1 \\(catalog\\)");
      Path run = runFolder(said);
      assertThat(leftOf(run)).isEmpty();
      accepted(processes, tools, run);
    }
  }

  private static void accepted(Processes processes, Tools tools, Path run) throws Exception {
    Path generated = run.resolve("generated");
    accept(
        processes,
        tools.promtool(),
        List.of("check", "config", run.resolve("prometheus.yml").toString()));
    accept(
        processes,
        tools.promtool(),
        command(List.of("check", "rules"), generated.resolve("rules/shop")));
    accept(
        processes,
        tools.promtool(),
        command(List.of("test", "rules"), generated.resolve("tests/shop")));
    accept(
        processes,
        tools.amtool(),
        List.of("check-config", generated.resolve("alertmanager/alertmanager.yml").toString()));
  }

  private static List<String> command(List<String> verb, Path files) throws IOException {
    List<String> command = new ArrayList<>(verb);
    try (Stream<Path> children = Files.list(files)) {
      children.map(Path::toString).sorted().forEach(command::add);
    }
    assertThat(command).hasSizeGreaterThan(verb.size());
    return command;
  }

  private static void accept(Processes processes, Path tool, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(arguments);
    OwnedProcess check = processes.start("check", command);
    assertThat(check.await(60, TimeUnit.SECONDS)).as(command + "\n" + check.tail(30)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Tidemark demo", "services run", "history as Prometheus blocks", "webhook ("})
  void leaves_no_process_behind_when_it_is_stopped(String moment) throws Exception {
    try (Processes processes = Processes.in(folder)) {
      OwnedProcess demo = demo(processes);
      Await.that(
          "the demo says " + moment,
          Duration.ofSeconds(90),
          () -> demo.tail(40).contains(moment),
          demo);
      demo.terminate();
      assertThat(demo.await(30, TimeUnit.SECONDS)).as(demo.tail(20)).isEqualTo(143);
      gone(demo);
    }
  }

  @Test
  void leaves_no_process_behind_when_it_is_killed() throws Exception {
    try (Processes processes = Processes.in(folder)) {
      OwnedProcess demo = demo(processes);
      Await.that(
          "the webhook runs",
          Duration.ofSeconds(90),
          () -> demo.tail(40).contains("ok  Alertmanager"),
          demo);
      long pid = demo.pid();
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly); // it alone, not its children
      int unused = demo.await(10, TimeUnit.SECONDS);
      gone(demo);
    }
  }

  private static void gone(OwnedProcess demo) throws Exception {
    String said = demo.tail(60);
    if (said.contains("logs: ")) {
      Path run = runFolder(said);
      Await.that(
          "no process of " + run + " is left", Duration.ofSeconds(10), () -> leftOf(run).isEmpty());
    }
  }

  private static OwnedProcess demo(Processes processes) throws IOException {
    return processes.start(
        "demo",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "demo"));
  }

  private static Path runFolder(String said) {
    int at = said.indexOf("logs: ") + "logs: ".length();
    return Path.of(said.substring(at, said.indexOf(')', at))).resolveSibling("");
  }

  /** Command lines of processes that name this run's folder or one of its ports. */
  private static List<String> leftOf(Path run) throws IOException {
    List<String> ports = new ArrayList<>();
    Path config = run.resolve("prometheus.yml");
    if (Files.exists(config)) {
      Files.readString(config)
          .lines()
          .flatMap(line -> Stream.of(line.split("127.0.0.1:")).skip(1))
          .map(rest -> "127.0.0.1:" + rest.replaceFirst("\\D.*", ""))
          .forEach(ports::add);
    }
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(
            command ->
                command.contains(run.toString()) || ports.stream().anyMatch(command::contains))
        .toList();
  }
}
