package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.gctrace.GcOptions;
import dev.tidemark.diagnosis.gctrace.GcReport;
import dev.tidemark.diagnosis.gctrace.GcTrace;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges the collections of a log and recommends settings of the collector. */
@Command(
    name = "gctrace",
    description = {
      "Reads GODEBUG=gctrace=1 lines in any log, judges them, and recommends GOGC and GOMEMLIMIT.",
      "Exit code: 0, with --fail-on 1 when it is met, 2 for a file without such lines."
    })
final class GctraceCommand implements Callable<Integer> {
  /** A log of a day that collects ten times a second holds 150 MB of these lines. */
  private static final long MOST_BYTES = 16L << 30;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Logs; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--limit",
      paramLabel = "SIZE",
      converter = SizeOption.class,
      description = "Memory limit of the container: 512Mi.")
  private @Nullable ByteSize limit;

  @Option(
      names = "--gomemlimit",
      paramLabel = "SIZE",
      converter = SizeOption.class,
      description = "GOMEMLIMIT of the process: 450MiB.")
  private @Nullable ByteSize gomemlimit;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    if (limit != null && limit.bytes() <= 0) {
      throw new ExitException(Cli.INVALID, "needs a limit above 0");
    }
    EvidenceFile.once(files);
    GcOptions options =
        new GcOptions(
            limit == null ? null : limit.bytes(), gomemlimit == null ? null : gomemlimit.bytes());
    List<GcReport> reports = new ArrayList<>();
    for (String file : files) {
      reports.add(
          EvidenceFile.read(file, in -> GcTrace.read(file, Input.open(in, MOST_BYTES), options)));
    }
    List<Finding> findings =
        reports.stream()
            .flatMap(r -> r.processes().stream())
            .flatMap(p -> p.findings().stream())
            .toList();
    return new Reporting(output, "Garbage collection")
        .write(reports, (report, print) -> new GctraceText(print).write(report), findings);
  }
}
