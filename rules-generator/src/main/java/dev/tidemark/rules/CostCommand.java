package dev.tidemark.rules;

import dev.tidemark.rules.cost.RuleCost;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.yaml.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what rules cost a Prometheus, and fails where that is above a budget. */
@Command(
    name = "cost",
    description = "Says how many series and samples each rule touches at each evaluation.")
final class CostCommand implements Callable<Integer> {
  @Mixin private RulesOption rules = new RulesOption();
  @Mixin private SizeOption sizes = new SizeOption();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "Exit code 1 when all rules together read more samples a second.")
  private @Nullable Double budget;

  @Option(
      names = "--rule-budget",
      paramLabel = "N",
      description = "Exit code 1 when a rule reads more samples at one evaluation.")
  private @Nullable Long ruleBudget;

  /** The outcome as JSON. */
  private record Outcome(
      String from,
      double samplesPerSecond,
      long seriesAdded,
      List<One> rules,
      List<String> over,
      List<ToldProblem> problems) {}

  private record One(
      String rule,
      String kind,
      String file,
      int line,
      int column,
      long series,
      long samples,
      double everySeconds,
      long seriesAdded,
      boolean guessed) {}

  @Override
  public Integer call() throws Exception {
    Optional<FoundRules> found = rules.read(format);
    if (found.isEmpty()) {
      return Cli.FINDINGS;
    }
    // what does not parse would else be taken for cheap
    List<Problem> problems =
        found.get().files().stream().flatMap(file -> file.problems().stream()).toList();
    try (ServerOption asked = server) {
      List<RuleCost> costs = sizes.costs(found.get(), asked);
      List<String> over = over(costs);
      String from = asked.isGiven() ? "the server" : "fleet sizes and assumptions";
      long guessed = costs.stream().filter(RuleCost::guessed).count();
      if (guessed > 0 && asked.isGiven()) {
        from += " (%d of them guessed: it lacks recordings they read)".formatted(guessed);
      }
      String told = from;
      format.tell(
          new Outcome(
              told,
              perSecond(costs),
              added(costs),
              costs.stream().map(CostCommand::one).toList(),
              over,
              ToldProblem.all(problems)),
          out -> {
            if (!costs.isEmpty() || problems.isEmpty()) {
              tell(costs, told, over, out);
            }
          });
      problems.forEach(p -> format.err().println(ProblemText.of(p, found.get().texts())));
      format.err().flush();
      return over.isEmpty() && problems.isEmpty() ? Cli.OK : Cli.FINDINGS;
    }
  }

  private List<String> over(List<RuleCost> costs) {
    List<String> over = new ArrayList<>();
    if (budget != null && perSecond(costs) > budget) {
      over.add(
          "all rules read %s samples a second, allowed are %s"
              .formatted(plain(perSecond(costs)), plain(budget)));
    }
    if (ruleBudget != null) {
      for (RuleCost cost : costs) {
        if (cost.samples() > ruleBudget) {
          over.add(
              "%s: %s reads %d samples at an evaluation, allowed are %d"
                  .formatted(
                      cost.rule().place(), cost.rule().name().value(), cost.samples(), ruleBudget));
        }
      }
    }
    return over;
  }

  private static void tell(List<RuleCost> costs, String from, List<String> over, PrintWriter out) {
    String row = "%12s %9s %7s %6s  %s%n";
    out.printf(row, "samples", "series", "adds", "every", "rule");
    for (RuleCost cost : costs) {
      out.printf(
          Locale.ROOT,
          row,
          cost.samples(),
          cost.series(),
          cost.rule().isAlert() ? "" : cost.added(),
          PromDuration.format(cost.every()),
          cost.rule().name().value() + "  " + cost.rule().place());
    }
    out.println(
        costs.size()
            + " rules read "
            + plain(perSecond(costs))
            + " samples a second and add "
            + added(costs)
            + " series, by "
            + from);
    over.forEach(line -> out.println("over budget: " + line));
  }

  private static One one(RuleCost cost) {
    return new One(
        cost.rule().name().value(),
        cost.rule().isAlert() ? "alert" : "record",
        cost.rule().place().file(),
        cost.rule().place().line(),
        cost.rule().place().column(),
        cost.series(),
        cost.samples(),
        cost.every().toMillis() / 1000.0,
        cost.added(),
        cost.guessed());
  }

  private static double perSecond(List<RuleCost> costs) {
    return costs.stream().mapToDouble(RuleCost::samplesPerSecond).sum();
  }

  private static long added(List<RuleCost> costs) {
    return costs.stream().mapToLong(RuleCost::added).sum();
  }

  private static String plain(double number) {
    return number < 100
        ? String.format(Locale.ROOT, "%.1f", number)
        : String.valueOf((long) number);
  }
}
