package dev.tidemark.rules;

import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
  @Mixin private FoldersOption folders = new FoldersOption();
  @Mixin private FormatOption format = new FormatOption();

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
    if (output.isEmpty()) {
      return Cli.FINDINGS;
    }
    try {
      List<Outcome> outcomes = new ArrayList<>();
      for (FoldersOption.Part part : folders.parts(output.get())) {
        outcomes.add(write(part));
      }
      format.tell(new Outcomes(outcomes), print -> outcomes.forEach(o -> tell(o, print)));
      boolean differs = outcomes.stream().anyMatch(outcome -> !outcome.isSame());
      return check && differs ? Cli.FINDINGS : Cli.OK;
    } catch (OutputException e) {
      throw new ExitException(Cli.FINDINGS, String.valueOf(e.getMessage()));
    }
  }

  private Outcome write(FoldersOption.Part part) throws IOException, OutputException {
    OutputFolder.Changes changes =
        check
            ? part.folder().plan(part.files(), part.facts())
            : part.folder().write(part.files(), part.facts());
    return new Outcome(part.files().size(), changes.written(), changes.removed(), changes.kept());
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
