package dev.tidemark.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidemark.rules.check.ExpressionCheck;
import dev.tidemark.rules.check.Promtool;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flag every verb has, and the way from it to what was made. */
final class SpecOption {
  @Option(
      names = "--spec",
      required = true,
      paramLabel = "FILE|DIR|-",
      description = "The specification: a file, a folder of them, or - for stdin.")
  private String spec = "";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /**
   * What the specification makes; empty when it has problems, which are printed to stderr, and to
   * stdout as JSON where the verb was asked for that.
   */
  Optional<Generator.Output> generate() throws IOException {
    return generate(SpecFiles.read(spec, System.in), command());
  }

  /**
   * As {@link #generate()}, but nothing is printed to stdout.
   *
   * @param problems where they are put, too
   */
  Optional<Generator.Output> generate(List<Problem> problems) throws IOException {
    return generate(texts(), err(), problems);
  }

  /** The texts themselves. */
  List<SpecText> texts() throws IOException {
    return SpecFiles.read(spec, System.in);
  }

  /**
   * What these texts make; empty when they have problems, which are printed as of {@link
   * #generate()}.
   */
  static Optional<Generator.Output> generate(List<SpecText> texts, CommandSpec command)
      throws JsonProcessingException {
    List<Problem> problems = new ArrayList<>();
    Optional<Generator.Output> made = generate(texts, command.commandLine().getErr(), problems);
    OptionSpec format = command.findOption("--format");
    if (made.isEmpty() && format != null && FormatOption.isJson(format.getValue())) {
      PrintWriter out = command.commandLine().getOut();
      out.println(FormatOption.json(new Refused(ToldProblem.all(problems))));
      out.flush();
    }
    return made;
  }

  /** The outcome as JSON where there is none. */
  private record Refused(List<ToldProblem> problems) {}

  private static Optional<Generator.Output> generate(
      List<SpecText> texts, PrintWriter err, List<Problem> problems) {
    Optional<Promtool> promtool = Promtool.find(System.getenv());
    try {
      Generator.Output output =
          Generator.generate(
              texts,
              promtool.isPresent() ? new ExpressionCheck(promtool.get())::check : all -> List.of());
      output.warnings().forEach(warning -> err.println("warning: " + warning));
      return Optional.of(output);
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
      for (Problem problem : e.problems()) {
        err.println(ProblemText.of(problem, texts));
      }
      int count = e.problems().size();
      err.println(count + (count == 1 ? " problem" : " problems") + "; nothing was written");
      return Optional.empty();
    } finally {
      err.flush();
    }
  }

  PrintWriter out() {
    return command().commandLine().getOut();
  }

  PrintWriter err() {
    return command().commandLine().getErr();
  }

  private CommandSpec command() {
    return Objects.requireNonNull(command);
  }
}
