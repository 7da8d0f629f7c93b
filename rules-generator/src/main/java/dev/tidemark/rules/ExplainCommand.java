package dev.tidemark.rules;

import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.catalogue.AlertCatalogue;
import dev.tidemark.rules.explain.AlertPage;
import dev.tidemark.rules.explain.Explanation;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.yaml.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says in plain words what an alert looks at, when it fires, and what it needs. */
@Command(
    name = "explain",
    description = "Says in plain words what an alert or an expression does and needs.")
final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ID|[SERVICE/]RULE|EXPR",
      description =
          "An id of the catalogue; with --spec or --rules the name of an alert or recording; with"
              + " --expr PromQL.")
  private String what = "";

  @Option(
      names = "--spec",
      paramLabel = "FILE|DIR|-",
      description = "The specification that makes the rule.")
  private @Nullable String spec;

  @Option(
      names = "--rules",
      paramLabel = "FILE|DIR|-",
      description = "Or the rule files it stands in.")
  private @Nullable String rules;

  @Option(names = "--expr", description = "What is given is an expression.")
  private boolean expr;

  @Mixin private FormatOption format = new FormatOption();

  /** All that was looked at. */
  private final RuleNames known = new RuleNames();

  /** The outcome as JSON. */
  private record Outcome(List<One> explained) {}

  private record One(
      String name,
      @Nullable String place,
      @Nullable String expr,
      List<String> does,
      List<String> looksAt,
      List<Setting> settings,
      List<Metric> needs) {}

  /** A threshold and where it came from. */
  private record Setting(String name, String value, String from) {}

  private record Metric(String metric, String from, String missing) {}

  private record Page(String id, String page) {}

  @Override
  public Integer call() throws Exception {
    if (expr) {
      return expression();
    }
    if (spec == null && rules == null) {
      return page();
    }
    List<One> found = spec == null ? ofFiles(String.valueOf(rules)) : ofSpec(spec);
    if (found.isEmpty()) {
      throw new ExitException(Cli.INVALID, "no rule " + Shown.text(what) + known.instead(what));
    }
    tell(found);
    return Cli.OK;
  }

  private int page() throws IOException {
    Optional<String> page = AlertPage.of(what);
    if (page.isEmpty() || AlertCatalogue.find(what).isEmpty()) {
      String hint =
          Nearest.of(what, AlertCatalogue.ids())
              .map(near -> ", did you mean " + near + "?")
              .orElse("; an alert of yours needs --spec or --rules, an expression --expr");
      throw new ExitException(Cli.INVALID, "no alert " + Shown.text(what) + hint);
    }
    format.tell(new Page(what, page.get()), out -> out.print(page.get()));
    return Cli.OK;
  }

  private int expression() throws IOException {
    try {
      tell(List.of(one(Explanation.of(PromQlParser.parse(what)), null, List.of())));
      return Cli.OK;
    } catch (ParseException e) {
      format.err().println(e.getMessage());
      format.err().flush();
      return Cli.FINDINGS;
    }
  }

  private List<One> ofFiles(String from) throws IOException {
    List<FoundFile> files = new ArrayList<>();
    for (SpecText text : SpecFiles.readBelow(from, System.in)) {
      FoundFile file = RuleFileReader.read(text);
      if (file.isSpecification() && text.file().equals(from)) {
        throw new ExitException(
            Cli.INVALID, from + ": is a specification and no rule file: write --spec " + from);
      }
      files.add(file);
    }
    List<One> found = new ArrayList<>();
    for (FoundFile file : files) {
      for (FoundGroup group : file.groups()) {
        for (FoundRule rule : group.rules()) {
          if (isMeant(group, rule)) {
            found.add(explained(rule, group, List.of()));
          }
        }
      }
    }
    return found;
  }

  private List<One> ofSpec(String from) throws IOException {
    List<SpecText> texts = SpecFiles.read(from, System.in);
    Optional<Generator.Output> made = SpecOption.generate(texts, format);
    if (made.isEmpty()) {
      throw new ExitException(Cli.FINDINGS, "the specification has problems");
    }
    List<One> found = new ArrayList<>();
    for (ServiceRules service : made.get().services()) {
      for (FoundGroup group : SpecRules.of(service).groups()) {
        for (FoundRule rule : group.rules()) {
          if (isMeant(group, rule)) {
            List<Setting> settings =
                SpecRules.tested(service, rule).map(ExplainCommand::settings).orElse(List.of());
            found.add(explained(rule, group, settings));
          }
        }
      }
    }
    return found;
  }

  private boolean isMeant(FoundGroup group, FoundRule rule) {
    String[] names = group.name().value().split("/", 3);
    String service = names[Math.min(1, names.length - 1)];
    known.add(service, rule.name().value());
    return RuleNames.isMeant(what, service, rule.name().value());
  }

  private static One explained(FoundRule rule, FoundGroup group, List<Setting> settings) {
    try {
      Duration every = group.interval().map(i -> i.value()).orElse(Duration.ofMinutes(1));
      return one(Explanation.of(rule, every), rule, settings);
    } catch (ParseException e) {
      throw new ExitException(Cli.FINDINGS, rule.expr().place() + ": " + e.reason());
    }
  }

  /** What the alert's maker was told, and what it took by default. */
  private static List<Setting> settings(TestedRule tested) {
    List<Setting> settings = new ArrayList<>();
    tested
        .settings()
        .forEach(
            (name, setting) ->
                settings.add(
                    new Setting(
                        name,
                        setting.value(),
                        switch (setting.from()) {
                          case DEFAULT -> "the catalogue's default";
                          case SPEC -> "the specification";
                          case SERVICE -> "the service";
                        })));
    return settings;
  }

  private static One one(Explanation explained, @Nullable FoundRule rule, List<Setting> settings) {
    return new One(
        explained.name(),
        rule == null ? null : rule.place().toString(),
        rule == null ? null : rule.expr().value(),
        explained.does(),
        explained.looksAt(),
        settings,
        explained.needs().stream()
            .map(need -> new Metric(need.metric(), need.from(), need.missing().text()))
            .toList());
  }

  private void tell(List<One> found) throws IOException {
    format.tell(
        new Outcome(found),
        out -> {
          for (int i = 0; i < found.size(); i++) {
            if (i > 0) {
              out.println();
            }
            tell(found.get(i), out);
          }
        });
  }

  private static void tell(One one, PrintWriter out) {
    out.println(one.name() + (one.place() == null ? "" : "  (" + one.place() + ")"));
    one.does().forEach(line -> out.println("  " + line));
    out.println("What it looks at");
    one.looksAt().forEach(line -> out.println("  " + line));
    if (!one.settings().isEmpty()) {
      out.println("Its thresholds");
      one.settings()
          .forEach(s -> out.println("  " + s.name() + " = " + s.value() + ", from " + s.from()));
    }
    out.println("What it needs");
    for (Metric need : one.needs()) {
      String from = need.from().isEmpty() ? "" : " (" + need.from() + ")";
      out.println("  " + need.metric() + from + "; without it: " + need.missing());
    }
  }
}
