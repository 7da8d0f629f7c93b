package dev.tidemark.rules;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.imported.Imported;
import dev.tidemark.rules.imported.Importer;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a specification of rule files that are there already. */
@Command(
    name = "import",
    description = "Makes a specification of rule files, whose rules mean the same.")
final class ImportCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR|-",
      description = "Files with rules of Prometheus or PrometheusRules, folders with all below.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the specification; one that is there is not replaced.")
  private @Nullable Path out;

  @Option(
      names = "--team",
      defaultValue = "imported",
      paramLabel = "NAME",
      description = "The team of alerts without the label team. Default: ${DEFAULT-VALUE}.")
  private String team = "imported";

  @Mixin private FormatOption format = new FormatOption();

  /** The outcome as JSON. */
  private record Outcome(int rules, List<Left> left, List<String> notes, String spec) {}

  private record Left(String file, int line, int column, String message) {}

  @Override
  public Integer call() throws Exception {
    if (out != null && Files.exists(out)) {
      throw new ExitException(Cli.INVALID, out + ": is there already; name another file");
    }
    List<SpecText> texts = new ArrayList<>();
    List<FoundFile> found = new ArrayList<>();
    for (String file : files) {
      for (SpecText text : SpecFiles.readBelow(file, System.in)) {
        FoundFile rules = RuleFileReader.read(text);
        if (text.file().equals(file) || !rules.isOther()) {
          texts.add(text);
          found.add(rules);
        }
      }
    }
    if (!found.isEmpty() && found.stream().allMatch(FoundFile::isSpecification)) {
      throw new ExitException(
          Cli.INVALID,
          String.join(", ", files)
              + ": is a specification already, and import makes one of rules: to make rules of it,"
              + " tidemark rules generate --spec FILE --out DIR");
    }
    if (found.stream()
        .allMatch(file -> file.rules().findAny().isEmpty() && file.problems().isEmpty())) {
      throw new ExitException(Cli.INVALID, String.join(", ", files) + ": holds no rules");
    }
    Imported imported = Importer.of(found, texts, team, ImportCommand::generated);
    boolean some = found.stream().flatMap(FoundFile::rules).findAny().isPresent();
    if (out != null && some) {
      Files.writeString(out, imported.spec(), StandardCharsets.UTF_8);
    }
    for (Problem problem : imported.left()) {
      format.err().println(ProblemText.of(problem, texts));
    }
    format.tell(
        new Outcome(
            imported.rules(),
            imported.left().stream()
                .map(
                    p ->
                        new Left(
                            p.place().file(), p.place().line(), p.place().column(), p.message()))
                .toList(),
            imported.notes(),
            imported.spec()),
        print -> {
          if (out == null && some) {
            print.print(imported.spec());
          }
        });
    if (!format.isJson()) {
      imported.notes().forEach(note -> format.err().println("note: " + note));
      format
          .err()
          .println(
              Counted.of(imported.rules(), "rule")
                  + " taken over, "
                  + Counted.of(imported.left().size(), "thing")
                  + " that cannot be"
                  + (!some
                      ? "; nothing was written"
                      : imported.rules() == 0 ? ": the specification holds comments alone" : ""));
      format.err().flush();
    }
    return imported.left().isEmpty() ? Cli.OK : Cli.FINDINGS;
  }

  /** What the specification makes, found again as it is written. */
  static List<FoundFile> generated(SpecText spec) throws ProblemsException {
    List<FoundFile> found = new ArrayList<>();
    Generator.generate(List.of(spec), (all, target) -> List.of())
        .files()
        .forEach(
            (path, bytes) -> {
              if (path.startsWith("rules/")) {
                found.add(
                    RuleFileReader.read(
                        new SpecText(path, new String(bytes, StandardCharsets.UTF_8))));
              }
            });
    return found;
  }
}
