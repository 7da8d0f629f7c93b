package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.forecast.Forecast;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A series as it is shown.
 *
 * @param target the canonical text of the target, which orders series
 * @param labels with the workload, without the signal
 * @param judgement of its last sample
 * @param limit NaN where there is none
 * @param startMillis when the process started; 0 where nobody told
 * @param withdrawnAt from when the judgement is too old to be called true, epoch milliseconds
 * @param quantiles one row a configured window, one place a configured quantile
 * @param beside what is said beside the judgement
 */
public record SeriesView(
    String target,
    Signal signal,
    Map<String, String> labels,
    String workload,
    Judgement judgement,
    double limit,
    long startMillis,
    long withdrawnAt,
    List<List<Double>> quantiles,
    Beside beside) {
  /**
   * What is said beside the judgement.
   *
   * @param forecasts one a configured horizon; none where the workload leaks
   * @param also parts of a sentence that other signals of the target add to the reason
   */
  public record Beside(List<Forecast> forecasts, List<String> also) {
    public static final Beside NOTHING = new Beside(List.of(), List.of());

    public Beside {
      forecasts = List.copyOf(forecasts);
      also = List.copyOf(also);
    }
  }

  public SeriesView {
    labels = Map.copyOf(labels);
    quantiles = List.copyOf(quantiles);
  }

  /** A series of which nothing is said beside. */
  public SeriesView(
      String target,
      Signal signal,
      Map<String, String> labels,
      String workload,
      Judgement judgement,
      double limit,
      long startMillis,
      long withdrawnAt,
      List<List<Double>> quantiles) {
    this(
        target,
        signal,
        labels,
        workload,
        judgement,
        limit,
        startMillis,
        withdrawnAt,
        quantiles,
        Beside.NOTHING);
  }

  /** The verdict in words, with what other signals of the target add. */
  public String reason() {
    String reason = judgement.reason(FleetShape.measure(signal));
    return beside.also().isEmpty() ? reason : reason + "; " + String.join("; ", beside.also());
  }

  /** The same where the quantiles of its snapshot are others. */
  SeriesView withoutQuantiles() {
    return new SeriesView(
        target,
        signal,
        labels,
        workload,
        judgement,
        limit,
        startMillis,
        withdrawnAt,
        List.of(),
        beside);
  }

  /** Whether score, leak state and growth still hold. */
  public boolean isTrueAt(Instant now) {
    return now.toEpochMilli() < withdrawnAt;
  }

  /** The canonical text of a target. */
  public static String nameOf(TargetKey key) {
    return Census.nameOf(key);
  }
}
