package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.Parsed;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.rules.metric.KnownMetrics;
import dev.tidemark.rules.rule.FragmentPlace;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs every check on every rule. Pure: the same files give the same findings. */
public final class Lint {
  /** What Prometheus itself would refuse. */
  static final String SYNTAX = "syntax";

  private static final List<Check> CHECKS =
      List.of(
          new NeverTrue(),
          new NeverMeet(),
          new NanComparison(),
          new NoCondition(),
          new RateOfGauge(),
          new DeltaOfCounter(),
          new RateOfSum(),
          new RangeTooShort(),
          new RangeBeyondRetention(),
          new ForTooLong(),
          new GroupInterval(),
          new QuantileWithoutBuckets(),
          new AverageOfQuantiles(),
          new FragileJoin(),
          new AbsentOfAggregation(),
          new UnknownMetric(),
          new TemplateLabel(),
          new ValueInLabel(),
          new MissingSummary(),
          new MissingRunbook());

  private final Settings settings;
  private final KnownMetrics metrics = KnownMetrics.load();
  private final List<SpecText> texts;

  /**
   * @param texts what people wrote, to point at its characters
   */
  public Lint(Settings settings, List<SpecText> texts) {
    this.settings = settings;
    this.texts = List.copyOf(texts);
  }

  /** All ids that findings can have. */
  public static List<String> ids() {
    return Stream.concat(
            Stream.of(SYNTAX, Duplicates.ID, MissingSeries.ID, CostBudget.ID),
            CHECKS.stream().map(Check::id))
        .sorted()
        .toList();
  }

  /** What is wrong, in the order of files and lines; what comments allow is left out. */
  public List<Finding> look(List<FoundFile> files) {
    List<Finding> findings = new ArrayList<>();
    List<FoundRule> rules = new ArrayList<>();
    for (FoundFile file : files) {
      file.problems().forEach(problem -> findings.add(syntax(problem)));
      for (FoundGroup group : file.groups()) {
        for (FoundRule rule : group.rules()) {
          rules.add(rule);
          findings.addAll(look(rule, group));
        }
      }
    }
    findings.addAll(Duplicates.among(rules));
    return findings;
  }

  /** These without what comments allow, sorted. */
  public List<Finding> notAllowed(List<Finding> findings, List<FoundFile> files) {
    Map<String, Allowed> allowed = new LinkedHashMap<>();
    texts.forEach(text -> allowed.put(text.file(), new Allowed(text)));
    List<FoundRule> rules = files.stream().flatMap(FoundFile::rules).toList();
    Map<String, List<FoundRule>> byFile =
        rules.stream().collect(Collectors.groupingBy(rule -> rule.place().file()));
    return findings.stream()
        .filter(finding -> !isAllowed(finding, allowed, byFile))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isAllowed(
      Finding finding, Map<String, Allowed> allowed, Map<String, List<FoundRule>> byFile) {
    Allowed file = allowed.get(finding.place().file());
    if (file == null) {
      return false;
    }
    Optional<FoundRule> rule =
        byFile.getOrDefault(finding.place().file(), List.of()).stream()
            .filter(r -> r.place().compareTo(finding.place()) <= 0)
            .reduce((first, second) -> second);
    return file.at(rule.map(FoundRule::place).orElse(finding.place())).contains(finding.id());
  }

  private List<Finding> look(FoundRule rule, FoundGroup group) {
    Parsed parsed;
    try {
      parsed = PromQlParser.read(rule.expr().value());
    } catch (ParseException e) {
      return List.of(
          new Finding(
              SYNTAX,
              Level.ERROR,
              FragmentPlace.of(rule.expr(), e.offset(), texts),
              e.length(),
              rule.name().value(),
              e.reason(),
              "PromQL that Prometheus reads"));
    }
    Subject subject =
        new Subject(rule, group, parsed, new Subject.Surroundings(settings, metrics, texts));
    List<Finding> findings = new ArrayList<>();
    for (Check check : CHECKS) {
      Report report = new Report(check, subject);
      check.look(subject, report);
      findings.addAll(report.findings());
    }
    return findings;
  }

  private static Finding syntax(Problem problem) {
    return new Finding(
        SYNTAX,
        Level.ERROR,
        problem.place(),
        0,
        "",
        problem.message(),
        "a rule file that Prometheus loads");
  }

  /** The expression of a rule; empty where it is none. */
  static Optional<Expr> expr(FoundRule rule) {
    try {
      return Optional.of(PromQlParser.parse(rule.expr().value()));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }
}
