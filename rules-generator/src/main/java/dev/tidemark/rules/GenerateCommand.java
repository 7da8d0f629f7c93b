package dev.tidemark.rules;

import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.launch.PlainFlags;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private static final Set<String> FLAGS = Set.of("--spec", "--out", "--dashboards", "--format");

  @Mixin private SpecOption spec = new SpecOption();
  @Mixin private FoldersOption folders = new FoldersOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--check",
      description = "Writes nothing; exit code 1 when the folder is not what would be written.")
  private boolean check;

  /** This verb of flags that need no picocli; empty where they do. */
  static Optional<Callable<Integer>> plain(List<String> flags) {
    return PlainFlags.read(flags, FLAGS, Set.of("--check")).flatMap(GenerateCommand::of);
  }

  private static Optional<Callable<Integer>> of(PlainFlags flags) {
    Optional<SpecOption> spec = flags.value("--spec").map(SpecOption::of);
    Optional<FoldersOption> folders =
        flags.value("--out").flatMap(out -> FoldersOption.of(out, flags.value("--dashboards")));
    Optional<FormatOption> format = FormatOption.of(flags.value("--format").orElse("text"));
    if (spec.isEmpty() || folders.isEmpty() || format.isEmpty()) {
      return Optional.empty();
    }
    GenerateCommand command = new GenerateCommand();
    command.spec = spec.get();
    command.folders = folders.get();
    command.format = format.get();
    command.check = flags.isOn("--check");
    return Optional.of(command);
  }

  /** The outcome as JSON, a folder each. */
  private record Outcomes(List<Outcome> folders) {}

  private record Outcome(int files, List<String> written, List<String> removed, List<String> kept) {
    static Outcome of(int files, OutputFolder.Changes changes) {
      return new Outcome(files, changes.written(), changes.removed(), changes.kept());
    }

    boolean isSame() {
      return written.isEmpty() && removed.isEmpty();
    }
  }

  @Override
  public Integer call() throws Exception {
    Optional<Generator.Output> output = spec.generate(format);
    if (output.isEmpty()) {
      format.err().println("nothing was written");
      format.err().flush();
      return Cli.FINDINGS;
    }
    folders.tellCutOff(format);
    try {
      HowToLoad loading = folders.howToLoad();
      List<Outcome> outcomes = check ? planned(output.get()) : written(output.get());
      format.tell(new Outcomes(outcomes), print -> outcomes.forEach(o -> tell(o, print)));
      if (!check && !format.isJson()) {
        loading
            .lines(output.get().model().target().output().value(), folders.dashboards())
            .forEach(line -> format.err().println(line));
        format.err().flush();
      }
      boolean differs = outcomes.stream().anyMatch(outcome -> !outcome.isSame());
      return check && differs ? Cli.FINDINGS : Cli.OK;
    } catch (OutputException e) {
      throw new ExitException(Cli.FINDINGS, String.valueOf(e.getMessage()));
    }
  }

  private List<Outcome> planned(Generator.Output output) throws IOException, OutputException {
    List<Outcome> outcomes = new ArrayList<>();
    for (FoldersOption.Part part : folders.parts(output)) {
      outcomes.add(Outcome.of(part.files().size(), part.folder().plan(part.files(), part.facts())));
    }
    return outcomes;
  }

  private List<Outcome> written(Generator.Output output) throws IOException, OutputException {
    return folders.write(output).stream().map(w -> Outcome.of(w.files(), w.changes())).toList();
  }

  private void tell(Outcome outcome, PrintWriter print) {
    outcome.written().forEach(path -> print.println((check ? "differs  " : "written  ") + path));
    outcome.removed().forEach(path -> print.println((check ? "left over " : "removed  ") + path));
    outcome
        .kept()
        .forEach(path -> print.println("kept     " + path + " (no longer generated, but edited)"));
    if (outcome.isSame()) {
      print.println("up to date: " + Counted.of(outcome.files(), "file"));
    }
  }
}
