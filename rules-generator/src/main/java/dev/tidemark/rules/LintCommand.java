package dev.tidemark.rules;

import dev.tidemark.rules.lint.CostBudget;
import dev.tidemark.rules.lint.Finding;
import dev.tidemark.rules.lint.Lint;
import dev.tidemark.rules.lint.MissingSeries;
import dev.tidemark.rules.lint.Settings;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.yaml.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is wrong with rules that Prometheus would load without a word. */
@Command(
    name = "lint",
    description = "Says which rules can never fire, break at times, or tell people too little.")
final class LintCommand implements Callable<Integer> {
  private static final String PAGE = "docs/lint.md#";

  @Mixin private RulesOption rules = new RulesOption();
  @Mixin private SizeOption sizes = new SizeOption();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--fail-on",
      defaultValue = "warning",
      paramLabel = "info|warning|error",
      description = "From which level on the exit code is 1. Default: ${DEFAULT-VALUE}.")
  private Finding.Level failOn = Finding.Level.WARNING;

  @Option(
      names = "--max-samples",
      paramLabel = "N",
      description = "A rule that reads more samples at an evaluation is a finding.")
  private @Nullable Long maxSamples;

  /** The outcome as JSON. */
  private record Outcome(int rules, List<One> findings) {}

  private record One(
      String id,
      String level,
      String file,
      int line,
      int column,
      String rule,
      String message,
      String right,
      String page) {}

  @Override
  public Integer call() throws Exception {
    Optional<FoundRules> found = rules.read(format);
    if (found.isEmpty()) {
      return Cli.FINDINGS;
    }
    List<Finding> findings = findings(found.get());
    int count = found.get().rules();
    format.tell(
        new Outcome(count, findings.stream().map(LintCommand::one).toList()),
        out -> {
          findings.forEach(finding -> tell(finding, found.get().texts(), out));
          out.println(Counted.of(count, "rule") + ", " + sum(findings));
        });
    boolean fails = findings.stream().anyMatch(f -> f.level().compareTo(failOn) >= 0);
    return fails ? Cli.FINDINGS : Cli.OK;
  }

  /** {@code 3 findings: 1 error, 2 warnings}. */
  private static String sum(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "nothing found";
    }
    List<String> levels = new ArrayList<>();
    for (Finding.Level level :
        List.of(Finding.Level.ERROR, Finding.Level.WARNING, Finding.Level.INFO)) {
      long count = findings.stream().filter(f -> f.level() == level).count();
      if (count > 0) {
        levels.add(level == Finding.Level.INFO ? count + " info" : Counted.of(count, level.word()));
      }
    }
    return Counted.of(findings.size(), "finding") + ": " + String.join(", ", levels);
  }

  private List<Finding> findings(FoundRules found) throws Exception {
    Settings settings =
        new Settings(found.scrapeInterval(), found.groupInterval(), found.retention());
    Lint lint = new Lint(settings, found.texts());
    List<Finding> all = new ArrayList<>(lint.look(found.files()));
    try (ServerOption asked = server) {
      if (asked.isGiven()) {
        all.addAll(new MissingSeries(this::lastHour, found.texts()).look(found.files()));
      }
      if (maxSamples != null) {
        all.addAll(CostBudget.among(sizes.costs(found, asked), maxSamples));
      }
    }
    return MissingSeries.together(lint.notAllowed(all, found.files()));
  }

  private long lastHour(String selector) {
    return (long) server.one("count(last_over_time(" + selector + "[1h]))").orElse(0);
  }

  private static void tell(Finding finding, List<SpecText> texts, PrintWriter out) {
    Problem problem =
        new Problem(
            finding.place(),
            finding.level().word() + ": " + finding.message() + " [" + finding.id() + "]");
    out.println(ProblemText.of(problem, finding.length(), texts));
    out.println(
        "  "
            + (finding.rule().isEmpty() ? "" : finding.rule() + ": ")
            + "right would be: "
            + finding.right());
  }

  private static One one(Finding finding) {
    return new One(
        finding.id(),
        finding.level().word(),
        finding.place().file(),
        finding.place().line(),
        finding.place().column(),
        finding.rule(),
        finding.message(),
        finding.right(),
        PAGE + finding.id());
  }
}
