package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.gomemory.GoMemory;
import dev.tidemark.diagnosis.gomemory.GoMemoryReader;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.size.SizeOptions;
import dev.tidemark.diagnosis.size.SizeReport;
import dev.tidemark.diagnosis.size.Sizing;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what fits a memory limit. */
@Command(
    name = "size",
    description = {
      "Recommends GOMEMLIMIT, GOGC and GOMAXPROCS for a limit and says how many goroutines fit,",
      "from files of one target's metrics (oldest first) or from a Prometheus.",
      "Exit code: 0, with --fail-on 1 when it is met, 2 for metrics that do not tell enough."
    })
final class SizeCommand implements Callable<Integer> {
  private static final long MOST_BYTES = 256L << 20;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Metrics of one target; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--limit",
      required = true,
      paramLabel = "SIZE",
      converter = SizeOption.class,
      description = "Memory limit of the container: 512Mi.")
  private ByteSize limit = new ByteSize(0);

  @Option(
      names = "--cpus",
      paramLabel = "CORES",
      converter = CpusOption.class,
      description = "CPU limit of the container: 1.5 or 1500m.")
  private @Nullable Double cpus;

  @Mixin private ServerTargets server = new ServerTargets();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    if (files.isEmpty() == !server.isGiven()) {
      throw new ExitException(
          Cli.INVALID, "needs files of metrics, or --prometheus with --selector");
    }
    EvidenceFile.once(files);
    List<SizeReport> reports = new ArrayList<>();
    for (Map.Entry<String, List<GoMemory>> target : targets().entrySet()) {
      reports.add(Sizing.size(target.getKey(), target.getValue(), options()));
    }
    List<Finding> findings = reports.stream().flatMap(r -> r.findings().stream()).toList();
    return new Reporting(output, "Size")
        .write(reports, (report, print) -> new SizeText(print).write(report), findings);
  }

  private Map<String, List<GoMemory>> targets() throws IOException {
    if (server.isGiven()) {
      return server.targets();
    }
    List<GoMemory> samples = new ArrayList<>();
    for (String file : files) {
      GoMemory sample =
          EvidenceFile.read(file, in -> GoMemoryReader.read(Input.open(in, MOST_BYTES)));
      List<String> missing = Sizing.missing(sample);
      if (!missing.isEmpty()) {
        throw new ExitException(Cli.INVALID, file + " lacks " + String.join(", ", missing));
      }
      samples.add(sample);
    }
    return Map.of(files.get(files.size() - 1), samples);
  }

  private SizeOptions options() {
    try {
      return new SizeOptions(limit.bytes(), cpus);
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
