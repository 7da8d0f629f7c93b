package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final List<String> ENGINES = List.of("exporter", "promql");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--quick",
      scope = ScopeType.INHERIT,
      description = "A tenth of the series, services and evidence, and a day of history.")
  private boolean quick;

  @Option(
      names = "--series",
      scope = ScopeType.INHERIT,
      defaultValue = "0",
      description = "Measure only this many series at work, for example 1000000.")
  private int series;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to measure: exporter, rules, diagnosis");
  }

  /** {@code tidemark bench exporter}. */
  @Command(
      name = "exporter",
      description = {
        "Measures the exporter beside a real Prometheus in one run: what the same quantiles cost"
            + " there, learning a history, evaluations, memory, scrapes, a restart, deploys. Takes"
            + " about a quarter of an hour, with --quick three minutes, with --series its own time.",
        "Writes blocks of history into .run/bench (a week of 10,000 series are 63 MB). Figures mean"
            + " nothing on a machine that does other work: docs/BENCHMARKS.md.",
        "Exit codes: 0 measured; 1 a part failed, the others were measured; 3 a program is missing."
      })
  int exporter() throws IOException, InterruptedException {
    return measured(this::exporter);
  }

  private boolean exporter(Project project, Tools tools, Path run, Report report)
      throws IOException, InterruptedException {
    boolean whole = true;
    if (series > 0) {
      whole = part(report, () -> inBench(project, tools, run, report, b -> b.many(series)));
    } else {
      Scene scene = quick ? Scene.QUICK : Scene.FULL;
      whole = part(report, () -> inBench(project, tools, run, report, b -> b.play(scene)));
      whole &= part(report, () -> new Deploys(quick ? 100 : 300, 7, report).measure());
    }
    return whole;
  }

  /** {@code tidemark bench rules}. */
  @Command(
      name = "rules",
      description = {
        "Measures the rules generator in one run: generate of 1, 200 and 1,000 services with six"
            + " alerts each, promtool check rules of the same files, and promtool test rules of 200"
            + " services. Of both engines; takes about four minutes, with --quick half a minute.",
        "Exit codes: 0 measured; 1 a part failed, the others were measured; 3 a program is missing."
      })
  int rules() throws IOException, InterruptedException {
    return measured(
        (project, tools, run, report) -> {
          boolean whole = true;
          for (String engine : ENGINES) {
            try (Processes processes = Processes.in(run.resolve("logs"))) {
              RulesBench bench = new RulesBench(project, tools, processes, run, report, engine);
              whole &= part(report, () -> bench.measure(quick ? 20 : 200, quick ? 100 : 1000));
            }
          }
          // not before: what is deleted makes the files of the next engine dear
          for (String engine : ENGINES) {
            Bench.delete(run.resolve(engine));
          }
          return whole;
        });
  }

  /** {@code tidemark bench diagnosis}. */
  @Command(
      name = "diagnosis",
      description = {
        "Measures tidemark diagnose in one run: goroutine dumps of 64 MiB and of 100,000 goroutines,"
            + " the runtime's logs, heap profiles beside go tool pprof -raw, a heap dump of a JVM."
            + " Each is a program of its own whose CPU and memory count. Takes about four minutes,"
            + " with --quick one.",
        "Writes up to 0.8 GB of evidence into .run/bench and deletes it.",
        "Exit codes: 0 measured; 1 a part failed, the others were measured; 3 a program is missing."
      })
  int diagnosis() throws IOException, InterruptedException {
    return measured(
        (project, tools, run, report) -> {
          double part = quick ? 0.1 : 1;
          boolean whole;
          try (Processes processes = Processes.in(run.resolve("logs"))) {
            DiagnosisBench bench = new DiagnosisBench(project, tools, processes, run, report);
            whole = part(report, bench::start);
            if (whole) {
              whole = part(report, () -> bench.dumps(part));
              whole &= part(report, () -> bench.runtime((long) (part * (64 << 20))));
              whole &= part(report, () -> bench.profiles(part));
              whole &= part(report, () -> bench.hprof(part));
            }
          }
          Bench.delete(run.resolve("evidence"));
          return whole;
        });
  }

  private interface Measured {
    /** Whether all was measured. */
    boolean in(Project project, Tools tools, Path run, Report report)
        throws IOException, InterruptedException;
  }

  private static int measured(Measured measured) throws IOException, InterruptedException {
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
    Report report = new Report(System.out, run.resolve("results.md"));
    boolean whole = measured.in(project, tools, run, report);
    report.end();
    return whole ? Cli.OK : Cli.FINDINGS;
  }

  private interface Part {
    void run() throws IOException, InterruptedException, Await.NotReached, ProblemsException;
  }

  private interface Measuring {
    void with(ExporterBench bench)
        throws IOException, InterruptedException, Await.NotReached, ProblemsException;
  }

  private static void inBench(
      Project project, Tools tools, Path run, Report report, Measuring measuring)
      throws IOException, InterruptedException, Await.NotReached, ProblemsException {
    try (Bench bench = new Bench(project, tools, run, report)) {
      measuring.with(new ExporterBench(bench));
    }
  }

  /** What fails is told and takes nothing from what was measured or is still to be. */
  private static boolean part(Report report, Part part) throws InterruptedException {
    try {
      part.run();
      return true;
    } catch (IOException | Await.NotReached | ProblemsException | RuntimeException e) {
      report.failed(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
