package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.trace.ExecutionTrace;
import dev.tidemark.diagnosis.trace.TraceReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Judges an execution trace in text. */
@Command(
    name = "trace",
    description = {
      "Reads what `go tool trace -d=parsed FILE` (Go 1.23 or later) writes of an execution trace:",
      "goroutines that never ended, collections, delays. The binary trace itself is not read.",
      "Exit code: 0, with --fail-on 1 when it is met, 2 for a file that is no such text."
    })
final class TraceCommand implements Callable<Integer> {
  private static final long MOST_BYTES = 64L << 30;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Texts; - is standard input.")
  private List<String> files = List.of();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    EvidenceFile.once(files);
    List<TraceReport> reports = new ArrayList<>();
    for (String file : files) {
      reports.add(
          EvidenceFile.read(file, in -> ExecutionTrace.read(file, Input.open(in, MOST_BYTES))));
    }
    List<Finding> findings = reports.stream().flatMap(r -> r.findings().stream()).toList();
    return new Reporting(output, "Execution trace")
        .write(reports, (report, print) -> new TraceText(print).write(report), findings);
  }
}
