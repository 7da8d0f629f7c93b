package dev.tidemark.rules;

import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.PlainFlags;
import dev.tidemark.toolkit.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether a specification is right, and writes nothing. */
@Command(
    name = "validate",
    description = "Checks a specification and tells every problem with its place.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private SpecOption spec = new SpecOption();
  @Mixin private FormatOption format = new FormatOption();

  /** This verb of flags that need no picocli; empty where they do. */
  static Optional<Callable<Integer>> plain(List<String> flags) {
    return PlainFlags.read(flags, Set.of("--spec", "--format"), Set.of())
        .flatMap(ValidateCommand::of);
  }

  private static Optional<Callable<Integer>> of(PlainFlags flags) {
    Optional<SpecOption> spec = flags.value("--spec").map(SpecOption::of);
    Optional<FormatOption> format = FormatOption.of(flags.value("--format").orElse("text"));
    if (spec.isEmpty() || format.isEmpty()) {
      return Optional.empty();
    }
    ValidateCommand command = new ValidateCommand();
    command.spec = spec.get();
    command.format = format.get();
    return Optional.of(command);
  }

  /** The outcome as JSON. */
  private record Outcome(
      int services, int rules, List<ToldProblem> problems, List<ToldProblem> warnings) {}

  @Override
  public Integer call() throws Exception {
    List<Problem> problems = new ArrayList<>();
    Optional<Generator.Output> output = spec.generate(format, problems);
    int services = output.map(made -> made.services().size()).orElse(0);
    int rules = output.map(Generator.Output::rules).orElse(0);
    List<Problem> warnings = output.map(Generator.Output::warnings).orElse(List.of());
    format.tell(
        new Outcome(services, rules, ToldProblem.all(problems), ToldProblem.all(warnings)),
        out -> {
          if (output.isPresent()) {
            out.println(
                Counted.of(services, "service")
                    + ", "
                    + Counted.of(rules, "rule")
                    + ", "
                    + (warnings.isEmpty()
                        ? "no problems"
                        : Counted.of(warnings.size(), "warning")));
          }
        });
    return output.isPresent() ? Cli.OK : Cli.FINDINGS;
  }
}
