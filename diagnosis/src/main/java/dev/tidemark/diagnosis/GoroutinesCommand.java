package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.goroutine.FleetReport;
import dev.tidemark.diagnosis.goroutine.GoroutineAnalysis;
import dev.tidemark.diagnosis.goroutine.GoroutineDump;
import dev.tidemark.diagnosis.goroutine.GoroutineDumps;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import dev.tidemark.diagnosis.goroutine.Limits;
import dev.tidemark.diagnosis.goroutine.SourceRules;
import dev.tidemark.diagnosis.source.SourceFolder;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Groups the goroutines of dumps and judges each group. */
@Command(
    name = "goroutines",
    description = {
      "Groups the goroutines of dumps (debug=2, debug=1, panics; also gzipped) and says which leak.",
      "Exit code: 0, with --fail-on 1 when it is met, 2 for a file that holds no dump",
      "(with --fleet the others are judged nevertheless)."
    })
final class GoroutinesCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Dumps; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "A dump of the same program in better times; repeatable, oldest first.")
  private List<String> baselines = List.of();

  @Option(
      names = "--source",
      paramLabel = "DIR",
      description = "Source of the program: shows the line and the other ends of its channel.")
  private @Nullable Path source;

  @Option(
      names = "--fleet",
      description = "One report of what the files have in common, instead of one for each.")
  private boolean fleet;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    EvidenceFile.once(files, baselines);
    List<GoroutineDump> before = new ArrayList<>();
    for (String file : baselines) {
      before.add(read(file));
    }
    SourceFolder sources = source == null ? null : sources(source);
    List<GoroutineReport> reports = new ArrayList<>();
    List<FleetReport.Unread> unread = new ArrayList<>();
    for (String file : files) {
      GoroutineDump dump = fleet ? readOrTell(file, unread) : read(file);
      if (dump != null) {
        GoroutineReport report = GoroutineAnalysis.report(file, dump, before);
        reports.add(sources == null ? report : SourceRules.look(report, sources));
      }
    }
    if (fleet && !reports.isEmpty()) {
      return fleet(FleetReport.of(reports, unread));
    }
    if (!unread.isEmpty()) {
      FleetReport.Unread first = unread.get(0);
      throw new ExitException(Cli.INVALID, first.file() + " " + first.reason());
    }
    PrintWriter out = output.out();
    switch (output.format()) {
      case text -> new ReportText(out, output.paint()).write(reports);
      case json -> new ReportJson(out).write(reports);
      case html -> ReportHtml.write(out, reports);
    }
    out.flush();
    return output.exitCode(
        reports.stream()
            .map(GoroutineReport::worst)
            .max(Verdict::compareTo)
            .orElse(Verdict.NORMAL));
  }

  /** One pod that answered with something else does not hide what the others share. */
  private static @Nullable GoroutineDump readOrTell(String file, List<FleetReport.Unread> unread) {
    try {
      return read(file);
    } catch (ExitException e) {
      String reason = String.valueOf(e.getMessage());
      unread.add(new FleetReport.Unread(file, reason.substring(file.length() + 1)));
    } catch (IOException e) {
      boolean there = Files.exists(Path.of(file));
      unread.add(new FleetReport.Unread(file, there ? "cannot be read: " + e : "is not there"));
    }
    return null;
  }

  private int fleet(FleetReport report) throws IOException {
    List<Finding> findings =
        report.shared().stream()
            .map(shared -> new Finding(shared.finding(), shared.verdict(), shared.reason()))
            .toList();
    int code =
        new Reporting(output, "Goroutines of a fleet")
            .write(
                List.of(report),
                (fleetReport, print) -> FleetText.write(fleetReport, print, output.paint()),
                findings);
    return code == Cli.OK && !report.unread().isEmpty() ? Cli.INVALID : code;
  }

  private static SourceFolder sources(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ExitException(Cli.INVALID, folder + " is no folder; --source needs one");
    }
    return SourceFolder.of(folder);
  }

  private static GoroutineDump read(String file) throws IOException {
    return EvidenceFile.read(file, in -> GoroutineDumps.read(in, Limits.defaults()));
  }
}
