package dev.tidemark.exporter;

import dev.tidemark.exporter.source.SourceConfig;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the configuration as the server would at start and at reload; asks no source. */
@Command(
    name = "check",
    description = "Check the configuration without asking a source; exit code 2 when it is wrong.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      defaultValue = "exporter.yml",
      description = "The configuration; default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("exporter.yml");

  @Override
  public Integer call() throws Exception {
    ExporterConfig config = StrictYaml.read(file, ExporterConfig.class);
    PrintWriter out = spec.commandLine().getOut();
    out.println(file + ": fine");
    config.doubts().forEach(doubt -> out.println("  warning: " + doubt));
    out.println(
        "  sources: "
            + config.sources().stream().map(SourceConfig::name).collect(Collectors.joining(", ")));
    out.println(
        "  signals: " + config.judged().stream().map(Signal::id).collect(Collectors.joining(", ")));
    out.println(
        "  windows: "
            + config.baseline().windows().stream()
                .map(PromDuration::plain)
                .collect(Collectors.joining(", ")));
    out.flush();
    return Cli.OK;
  }
}
