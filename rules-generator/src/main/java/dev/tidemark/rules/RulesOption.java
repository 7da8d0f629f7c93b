package dev.tidemark.rules;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.model.Settings;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.yaml.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where a verb that looks at rules finds them: in a specification, or in anybody's files. */
final class RulesOption {
  @Option(
      names = "--spec",
      paramLabel = "FILE|DIR|-",
      description = "A specification, whose rules are looked at.")
  private @Nullable String spec;

  @Parameters(
      paramLabel = "FILE|DIR|-",
      description = "Or files with rules of Prometheus or PrometheusRules, folders with all below.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--scrape-interval",
      defaultValue = "30s",
      paramLabel = "DURATION",
      description = "Of files: how often targets are scraped. Default: ${DEFAULT-VALUE}.")
  private String scrapeInterval = "30s";

  @Option(
      names = "--group-interval",
      defaultValue = "1m",
      paramLabel = "DURATION",
      description = "Of files: how often groups run that do not say it. Default: ${DEFAULT-VALUE}.")
  private String groupInterval = "1m";

  /** The rules; empty when the specification has problems, which are printed to stderr. */
  Optional<FoundRules> read(FormatOption format) throws IOException {
    if ((spec == null) == files.isEmpty()) {
      throw new ExitException(Cli.INVALID, "needs --spec, or files with rules, and not both");
    }
    return spec == null ? Optional.of(ofFiles()) : ofSpec(spec, format);
  }

  private Optional<FoundRules> ofSpec(String from, FormatOption format) throws IOException {
    List<SpecText> texts = SpecFiles.read(from, System.in);
    Optional<Generator.Output> made = SpecOption.generate(texts, format);
    return made.map(
        output -> {
          Settings settings = output.model().settings();
          return new FoundRules(
              texts,
              output.services().stream().map(SpecRules::of).toList(),
              made,
              settings.scrapeInterval(),
              settings.groupInterval(),
              Optional.of(settings.retention()));
        });
  }

  private FoundRules ofFiles() throws IOException {
    List<SpecText> texts = new ArrayList<>();
    List<FoundFile> found = new ArrayList<>();
    for (String file : files) {
      for (SpecText text : SpecFiles.readBelow(file, System.in)) {
        FoundFile rules = hinted(RuleFileReader.read(text));
        // a folder may hold tests and configurations beside the rules
        if (text.file().equals(file) || !rules.isOther()) {
          texts.add(text);
          found.add(rules);
        }
      }
    }
    if (found.isEmpty()) {
      throw new ExitException(Cli.INVALID, String.join(", ", files) + ": holds no rules");
    }
    return new FoundRules(
        texts,
        found,
        Optional.empty(),
        duration("--scrape-interval", scrapeInterval),
        duration("--group-interval", groupInterval),
        Optional.empty());
  }

  /** A specification among the files is told how to give one here. */
  private static FoundFile hinted(FoundFile file) {
    List<Problem> problems =
        file.problems().stream()
            .map(
                p ->
                    p.message().equals(RuleFileReader.IS_SPECIFICATION)
                        ? new Problem(p.place(), p.message() + ": write --spec " + p.place().file())
                        : p)
            .toList();
    return new FoundFile(file.text(), file.groups(), problems);
  }

  private static Duration duration(String flag, String text) {
    try {
      return PromDuration.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, flag + ": " + e.getMessage());
    }
  }
}
