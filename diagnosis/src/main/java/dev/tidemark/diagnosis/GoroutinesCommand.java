package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.goroutine.GoroutineAnalysis;
import dev.tidemark.diagnosis.goroutine.GoroutineDump;
import dev.tidemark.diagnosis.goroutine.GoroutineDumps;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import dev.tidemark.diagnosis.goroutine.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Dumps; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "A dump of the same program in better times; repeatable, oldest first.")
  private List<String> baselines = List.of();

  @Mixin private Output output = new Output();

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

  private static GoroutineDump read(String file) throws IOException {
    return EvidenceFile.read(file, in -> GoroutineDumps.read(in, Limits.defaults()));
  }
}
