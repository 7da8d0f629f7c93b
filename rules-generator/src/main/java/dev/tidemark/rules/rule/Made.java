package dev.tidemark.rules.rule;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a maker makes.
 *
 * @param recordings what the expression reads, in the order they must be evaluated
 * @param workloadOfSeries whether the label {@code workload} comes from the series; else it is the
 *     service's name
 * @param summary one sentence, the same for every target
 * @param scenarios with steady series
 * @param stories with others, each made when it is asked for: those of a fleet are more than memory
 *     should hold. The first scenario that fires, and that rules record the series of the first
 *     story, are all that a service is tested with whose rules differ from another's in names only
 */
public record Made(
    Expr expr,
    List<Recording> recordings,
    boolean workloadOfSeries,
    String summary,
    Template description,
    List<Scenario> scenarios,
    List<Supplier<Story>> stories) {
  public Made {
    recordings = List.copyOf(recordings);
    scenarios = List.copyOf(scenarios);
    stories = List.copyOf(stories);
  }

  /** Without recordings, of the service's own workload. */
  public static Made of(Expr expr, String summary, Template description, List<Scenario> scenarios) {
    return new Made(expr, List.of(), false, summary, description, scenarios, List.of());
  }

  public Made ofWorkloadOfSeries() {
    return new Made(expr, recordings, true, summary, description, scenarios, stories);
  }

  public Made tells(List<Supplier<Story>> told) {
    return new Made(expr, recordings, workloadOfSeries, summary, description, scenarios, told);
  }

  public Made after(List<Recording> recorded) {
    return new Made(expr, recorded, workloadOfSeries, summary, description, scenarios, stories);
  }
}
