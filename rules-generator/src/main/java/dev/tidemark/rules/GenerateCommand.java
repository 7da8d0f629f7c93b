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
import java.util.ArrayList;
import java.util.List;
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
  @Mixin private FormatOption format = new FormatOption();

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

  /** The outcome as JSON, a folder each. */
  private record Outcomes(List<Outcome> folders) {}

  private record Outcome(int files, List<String> written, List<String> removed, List<String> kept) {
    boolean isSame() {
      return written.isEmpty() && removed.isEmpty();
    }
  }

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
      List<Outcome> outcomes = new ArrayList<>();
      outcomes.add(write(new OutputFolder(out), files, output.get().facts()));
      if (dashboards != null) {
        outcomes.add(write(new OutputFolder(dashboards), elsewhere, Facts.NONE));
      }
      format.tell(new Outcomes(outcomes), print -> outcomes.forEach(o -> tell(o, print)));
      boolean differs = outcomes.stream().anyMatch(outcome -> !outcome.isSame());
      return check && differs ? Cli.FINDINGS : Cli.OK;
    } catch (OutputException e) {
      throw new ExitException(Cli.FINDINGS, String.valueOf(e.getMessage()));
    }
  }

  private Outcome write(OutputFolder folder, Map<String, byte[]> files, Facts facts)
      throws IOException, OutputException {
    OutputFolder.Changes changes = check ? folder.plan(files, facts) : folder.write(files, facts);
    return new Outcome(files.size(), changes.written(), changes.removed(), changes.kept());
  }

  private void tell(Outcome outcome, PrintWriter print) {
    outcome.written().forEach(path -> print.println((check ? "differs  " : "written  ") + path));
    outcome.removed().forEach(path -> print.println((check ? "left over " : "removed  ") + path));
    outcome
        .kept()
        .forEach(path -> print.println("kept     " + path + " (no longer generated, but edited)"));
    if (outcome.isSame()) {
      print.println("up to date: " + outcome.files() + " files");
    }
  }
}
