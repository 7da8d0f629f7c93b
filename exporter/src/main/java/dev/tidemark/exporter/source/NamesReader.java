package dev.tidemark.exporter.source;

import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.List;

/** Asks which targets expose a metric. For the evaluation thread only. */
public final class NamesReader {
  /**
   * @param anywhere whether there is a series of that name at all
   * @param targets of those that are judged; none where the metric carries other labels than theirs
   */
  public record Exposing(boolean anywhere, List<TargetKey> targets) {
    public Exposing {
      targets = List.copyOf(targets);
    }
  }

  private final Answers answers;
  private final Promql promql;
  private final Grid grid;

  /**
   * @param match which targets are judged; empty means every Go process
   */
  public NamesReader(Answers answers, Grid grid, List<Selector> match) {
    this.answers = answers;
    this.promql = new Promql(grid, match, List.of());
    this.grid = grid;
  }

  /**
   * Who exposes a metric in a slot.
   *
   * @throws PrometheusException where there is no answer
   * @throws PartialAnswerException where it is not whole
   */
  public Exposing exposing(Need need, long slot)
      throws PrometheusException, PartialAnswerException {
    List<Event> rows = answers.events(promql.exposing(need), new Slots(slot, 1, grid.step()));
    List<TargetKey> targets =
        need.clock()
            ? rows.stream().flatMap(row -> TargetKey.of(row.labels()).stream()).toList()
            : List.of();
    return new Exposing(!rows.isEmpty(), targets);
  }
}
