package dev.tidemark.rules.explain;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.metric.KnownMetrics;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a rule does, in words.
 *
 * @param does when it fires and when it ends, or what it records; a sentence each
 * @param looksAt its expression, a thought a line
 * @param needs the metrics it reads
 */
public record Explanation(String name, List<String> does, List<String> looksAt, List<Need> needs) {
  public Explanation {
    does = List.copyOf(does);
    looksAt = List.copyOf(looksAt);
    needs = List.copyOf(needs);
  }

  /** Of an expression alone. */
  public static Explanation of(Expr expr) {
    return new Explanation(
        expr.toString(), List.of(), Words.of(expr), Need.of(expr, KnownMetrics.load()));
  }

  /**
   * Of a rule.
   *
   * @param every how often it is evaluated
   * @throws ParseException where its expression is none
   */
  public static Explanation of(FoundRule rule, Duration every) throws ParseException {
    Expr expr = PromQlParser.parse(rule.expr().value());
    List<String> does = rule.isAlert() ? alert(rule, every) : recording(rule, every);
    return new Explanation(
        rule.name().value(), does, Words.of(expr), Need.of(expr, KnownMetrics.load()));
  }

  private static List<String> alert(FoundRule rule, Duration every) {
    List<String> does = new ArrayList<>();
    Duration wait = value(rule.forDuration());
    String looked = "Looked at every " + PromDuration.format(every) + ". ";
    does.add(
        looked
            + (wait.isZero()
                ? "Fires at the first look that finds it true."
                : "Fires once it was true at every look for "
                    + PromDuration.format(wait)
                    + "; one look that finds nothing starts that again."));
    Duration keep = value(rule.keepFiringFor());
    does.add(
        keep.isZero()
            ? "Ends at the first look that does not find it true."
            : "Ends when it was not true for " + PromDuration.format(keep) + ".");
    Placed<String> severity = rule.labels().get("severity");
    if (severity != null) {
      does.add("Its severity is " + severity.value() + ".");
    }
    return does;
  }

  private static List<String> recording(FoundRule rule, Duration every) {
    return List.of(
        "Records "
            + rule.name().value()
            + " every "
            + PromDuration.format(every)
            + " for other rules to read.");
  }

  private static Duration value(Optional<Placed<Duration>> duration) {
    return duration.map(Placed::value).orElse(Duration.ZERO);
  }
}
