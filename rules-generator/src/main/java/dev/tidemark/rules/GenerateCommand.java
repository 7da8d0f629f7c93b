package dev.tidemark.rules;

import dev.tidemark.rules.dashboard.Dashboards;
import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes all that a specification makes, or says what would change. */
@Command(
    name = "generate",
    description =
        "Writes rules, their tests, Alertmanager's configuration and Grafana's dashboards.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin private SpecOption spec = new SpecOption();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to write. Only files that its lock.json names are replaced or removed.")
  private @Nullable Path out;

  @Option(
      names = "--dashboards",
      paramLabel = "DIR",
      description = "Writes the dashboards there, with a lock.json of their own, not below --out.")
  private @Nullable Path dashboards;

  @Option(
      names = "--check",
      description = "Writes nothing; exit code 1 when the folder is not what would be written.")
  private boolean check;

  @Override
  public Integer call() throws Exception {
    Optional<Generator.Output> output = spec.generate();
    if (output.isEmpty() || out == null) {
      return Cli.FINDINGS;
    }
    SortedMap<String, byte[]> files = new TreeMap<>(output.get().files());
    SortedMap<String, byte[]> elsewhere = new TreeMap<>();
    if (dashboards != null) {
      elsewhere.putAll(output.get().dashboards());
      files.keySet().removeIf(path -> path.startsWith(Dashboards.FOLDER));
    }
    try {
      int code = write(new OutputFolder(out), files, output.get().facts());
      return dashboards == null
          ? code
          : Math.max(code, write(new OutputFolder(dashboards), elsewhere, Facts.NONE));
    } catch (OutputException e) {
      throw new ExitException(Cli.FINDINGS, String.valueOf(e.getMessage()));
    }
  }

  private int write(OutputFolder folder, Map<String, byte[]> files, Facts facts)
      throws IOException, OutputException {
    OutputFolder.Changes changes = check ? folder.plan(files, facts) : folder.write(files, facts);
    PrintWriter print = spec.out();
    changes.written().forEach(path -> print.println((check ? "differs  " : "written  ") + path));
    changes.removed().forEach(path -> print.println((check ? "left over " : "removed  ") + path));
    changes
        .kept()
        .forEach(path -> print.println("kept     " + path + " (no longer generated, but edited)"));
    if (changes.isEmpty()) {
      print.println("up to date: " + files.size() + " files");
    }
    print.flush();
    return check && !changes.isEmpty() ? Cli.FINDINGS : Cli.OK;
  }
}
