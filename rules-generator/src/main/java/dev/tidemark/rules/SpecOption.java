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
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flag every verb has, and the way from it to what was made. */
final class SpecOption {
  @Option(
      names = "--spec",
      required = true,
      paramLabel = "FILE|DIR|-",
      description = "The specification: a file, a folder of them, or - for stdin.")
  private String spec = "";

  /** As if the flag had said so. */
  static SpecOption of(String spec) {
    SpecOption option = new SpecOption();
    option.spec = spec;
    return option;
  }

  /**
   * What the specification makes; empty when it has problems, which are printed to stderr, and to
   * stdout as JSON where the verb was asked for that.
   */
  Optional<Generator.Output> generate(FormatOption format) throws IOException {
    return generate(texts(), format);
  }

  /**
   * As {@link #generate(FormatOption)}, but nothing is printed to stdout.
   *
   * @param problems where they are put, too
   */
  Optional<Generator.Output> generate(FormatOption format, List<Problem> problems)
      throws IOException {
    return generate(texts(), format.err(), problems);
  }

  /** The texts themselves. */
  List<SpecText> texts() throws IOException {
    return SpecFiles.read(spec, System.in);
  }

  /**
   * What these texts make; empty when they have problems, which are printed as of {@link
   * #generate(FormatOption)}.
   */
  static Optional<Generator.Output> generate(List<SpecText> texts, FormatOption format)
      throws JsonProcessingException {
    List<Problem> problems = new ArrayList<>();
    Optional<Generator.Output> made = generate(texts, format.err(), problems);
    if (made.isEmpty() && format.isJson()) {
      PrintWriter out = format.out();
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
              promtool.isPresent()
                  ? new ExpressionCheck(promtool.get(), note -> err.println("note: " + note))::check
                  : (all, target) -> List.of());
      output.warnings().forEach(warning -> err.println("warning: " + warning));
      return Optional.of(output);
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
      for (Problem problem : e.problems()) {
        err.println(ProblemText.of(problem, texts));
      }
      err.println(Counted.of(e.problems().size(), "problem"));
      return Optional.empty();
    } finally {
      err.flush();
    }
  }
}
