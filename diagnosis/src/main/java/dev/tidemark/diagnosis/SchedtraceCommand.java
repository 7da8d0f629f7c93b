package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.sched.SchedReport;
import dev.tidemark.diagnosis.sched.SchedTrace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Judges what the scheduler wrote into a log. */
@Command(
    name = "schedtrace",
    description = {
      "Reads GODEBUG=schedtrace=… lines in any log, with scheddetail=1 or without, and judges them.",
      "Exit code: 0, with --fail-on 1 when it is met, 2 for a file without such lines."
    })
final class SchedtraceCommand implements Callable<Integer> {
  private static final long MOST_BYTES = 16L << 30;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Logs; - is standard input.")
  private List<String> files = List.of();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    EvidenceFile.once(files);
    List<SchedReport> reports = new ArrayList<>();
    for (String file : files) {
      reports.add(EvidenceFile.read(file, in -> SchedTrace.read(file, Input.open(in, MOST_BYTES))));
    }
    List<Finding> findings =
        reports.stream()
            .flatMap(report -> report.processes().stream())
            .flatMap(process -> process.findings().stream())
            .toList();
    return new Reporting(output, "Scheduler")
        .write(reports, (report, print) -> new SchedtraceText(print).write(report), findings);
  }
}
