package dev.tidemark.rules.rule;

import java.util.List;

/**
 * What a maker makes.
 *
 * @param recordings what the expression reads, in the order they must be evaluated
 * @param workloadOfSeries whether the label {@code workload} comes from the series; else it is the
 *     service's name
 * @param summary one sentence, the same for every target
 * @param scenarios the first one that fires is also what a service of a known shape is tested with
 */
public record Made(
    Expr expr,
    List<Recording> recordings,
    boolean workloadOfSeries,
    String summary,
    Template description,
    List<Scenario> scenarios) {
  public Made {
    recordings = List.copyOf(recordings);
    scenarios = List.copyOf(scenarios);
  }

  /** Without recordings, of the service's own workload. */
  public static Made of(Expr expr, String summary, Template description, List<Scenario> scenarios) {
    return new Made(expr, List.of(), false, summary, description, scenarios);
  }

  public Made ofWorkloadOfSeries() {
    return new Made(expr, recordings, true, summary, description, scenarios);
  }

  public Made after(List<Recording> recorded) {
    return new Made(expr, recorded, workloadOfSeries, summary, description, scenarios);
  }
}
