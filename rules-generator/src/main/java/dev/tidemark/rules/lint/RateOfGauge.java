package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.rules.lint.Finding.Level;

/** A rate of what rises and falls: every fall is taken for a restart. */
final class RateOfGauge implements Check {
  @Override
  public String id() {
    return "rate-of-gauge";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(Call.class)
        .filter(call -> Functions.OF_COUNTERS.contains(call.function().name()))
        .filter(call -> !countsFalls(rule, call))
        .forEach(
            call ->
                Functions.metric(call)
                    .filter(rule.metrics()::isGauge)
                    .ifPresent(
                        metric ->
                            report.add(
                                Level.WARNING,
                                call,
                                metric
                                    + " is a gauge: "
                                    + call.function().name()
                                    + " takes each fall for a restart and counts the whole value"
                                    + " again",
                                instead(call.function().name(), metric))));
  }

  /** Falls beside changes of the same: how often it rose is one less the other. */
  private static boolean countsFalls(Subject rule, Call call) {
    return call.function().name().equals("resets")
        && rule.all(Call.class)
            .anyMatch(
                other ->
                    other.function().name().equals("changes")
                        && other.arguments().equals(call.arguments()));
  }

  private static String instead(String function, String metric) {
    return switch (function) {
      case "resets" -> "changes(" + metric + "[…])";
      case "irate" -> "idelta or deriv(" + metric + "[…])";
      case "increase" -> "delta(" + metric + "[…])";
      default -> "deriv(" + metric + "[…]), which is per second too";
    };
  }
}
