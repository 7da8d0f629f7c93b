package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.goroutine.GoroutineAnalysis;
import dev.tidemark.diagnosis.goroutine.GoroutineDump;
import dev.tidemark.diagnosis.goroutine.GoroutineDumps;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import dev.tidemark.diagnosis.goroutine.Limits;
import dev.tidemark.diagnosis.goroutine.NotADumpException;
import dev.tidemark.diagnosis.goroutine.Verdict;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Groups the goroutines of dumps and judges each group. */
@Command(
    name = "goroutines",
    description = {
      "Groups the goroutines of dumps (debug=2, debug=1, panics; also gzipped) and says which leak.",
      "Exit code: 0, with --fail-on 1 when it is met, 2 for a file that holds no dump."
    })
final class GoroutinesCommand implements Callable<Integer> {
  /** What {@code --fail-on} takes. */
  enum FailOn {
    leak(Verdict.LEAK),
    suspect(Verdict.SUSPECT);

    private final Verdict least;

    FailOn(Verdict least) {
      this.least = least;
    }
  }

  /** What {@code --format} takes. */
  enum Format {
    text,
    json
  }

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Dumps; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "A dump of the same program in better times; repeatable, oldest first.")
  private List<String> baselines = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text or json; default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Option(
      names = "--fail-on",
      paramLabel = "VERDICT",
      description = "leak or suspect: exit with 1 when a group is that or worse.")
  private @Nullable FailOn failOn;

  @Override
  public Integer call() throws IOException {
    List<GoroutineDump> before = new ArrayList<>();
    for (String file : baselines) {
      before.add(read(file));
    }
    List<GoroutineReport> reports = new ArrayList<>();
    for (String file : files) {
      reports.add(GoroutineAnalysis.report(file, read(file), before));
    }
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    if (format == Format.json) {
      new ReportJson(out).write(reports);
    } else {
      new ReportText(out).write(reports);
    }
    out.flush();
    return isMet(reports) ? Cli.FINDINGS : Cli.OK;
  }

  private boolean isMet(List<GoroutineReport> reports) {
    FailOn least = failOn;
    return least != null
        && reports.stream().anyMatch(report -> report.worst().compareTo(least.least) >= 0);
  }

  private static GoroutineDump read(String file) throws IOException {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      return GoroutineDumps.read(in, Limits.defaults());
    } catch (NotADumpException e) {
      throw new ExitException(Cli.INVALID, file + " " + e.getMessage());
    } catch (IOException e) {
      if (Files.isDirectory(Path.of(file))) {
        throw new ExitException(Cli.INVALID, file + " is a folder, needs a file");
      }
      throw e;
    }
  }
}
