package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.toolkit.launch.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code tidemark bench}. */
@Command(name = "bench", description = "Measures what a program costs beside the alternative.")
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--quick",
      scope = ScopeType.INHERIT,
      description = "A tenth of the series, and a day of history.")
  private boolean quick;

  @Option(
      names = "--series",
      scope = ScopeType.INHERIT,
      defaultValue = "0",
      description = "Measure only this many series at work, for example 1000000.")
  private int series;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to measure: exporter");
  }

  /** {@code tidemark bench exporter}. */
  @Command(
      name = "exporter",
      description = {
        "Measures the exporter beside a real Prometheus in one run: what the same quantiles cost"
            + " there, learning a history, one pass, memory, scrapes.",
        "Writes blocks of history into .run/bench (a week of 10,000 series are 63 MB). Figures mean"
            + " nothing on a machine that does other work: docs/BENCHMARKS.md.",
        "Exit codes: 0 measured; 1 something did not answer in time; 3 a program is missing."
      })
  int exporter() throws IOException, InterruptedException {
    Tools tools;
    try {
      tools = Tools.find();
    } catch (Tools.MissingTools e) {
      System.err.println(e.getMessage());
      return Cli.NO_ANSWER;
    }
    Project project = Project.find();
    Path folder = Files.createDirectories(project.runs().resolve("bench"));
    Path run = Files.createTempDirectory(folder, "run-");
    ExporterBench bench = new ExporterBench(project, tools, run, System.out);
    try {
      for (Scene scene : scenes()) {
        bench.play(scene);
      }
      return Cli.OK;
    } catch (Await.NotReached e) {
      System.err.println(e.getMessage());
      return Cli.FINDINGS;
    }
  }

  private List<Scene> scenes() {
    if (series > 0) {
      return List.of(new Scene("at work", series, Duration.ofMinutes(10), 3, false));
    }
    int share = quick ? 10 : 1;
    return List.of(
        new Scene("a week", 10_000 / share, Duration.ofDays(quick ? 1 : 7), quick ? 1 : 4, true),
        new Scene("at work", 100_000 / share, Duration.ofMinutes(10), quick ? 1 : 4, false));
  }
}
