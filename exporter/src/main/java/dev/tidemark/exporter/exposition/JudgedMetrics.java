package dev.tidemark.exporter.exposition;

import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.forecast.Forecast;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.signal.Side;
import dev.tidemark.signals.signal.Signal;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The judged series as metrics. A scrape reads the snapshot of the moment and leaves out what has
 * become too old since it was made; it judges nothing, and safe for any number of threads.
 */
public final class JudgedMetrics implements MultiCollector {
  private final Supplier<Snapshot> snapshots;
  private final Supplier<Outputs> outputs;
  private final InstantSource clock;

  private volatile Rows rows = Rows.NONE;

  public JudgedMetrics(
      Supplier<Snapshot> snapshots, Supplier<Outputs> outputs, InstantSource clock) {
    this.snapshots = snapshots;
    this.outputs = outputs;
    this.clock = clock;
  }

  @Override
  public MetricSnapshots collect() {
    Snapshot snapshot = snapshots.get();
    Families families = new Families();
    Instant now = clock.instant();
    Rows known = rows.of(snapshot.series());
    rows = known;
    Outputs shown = outputs.get();
    for (int place : known.sorted()) {
      SeriesView series = snapshot.series().get(place);
      Rows.Row row = known.get(place);
      add(series, row, families, shown, now);
      quantiles(series, row.own(), families, snapshot.shape());
    }
    HealthMetrics.add(snapshot.health(), families, shown, now);
    return families.snapshots();
  }

  private static void add(
      SeriesView series, Rows.Row row, Families families, Outputs outputs, Instant now) {
    Signal signal = series.signal();
    Labels labels = row.own();
    Labels withSignal = row.withSignal();
    Judgement judgement = series.judgement();
    families
        .of(MetricNames.expected(signal), signal, Help::expected)
        .add(labels, judgement.expected());
    if (signal.side() != Side.LOW) {
      families.of(MetricNames.upper(signal), signal, Help::upper).add(labels, judgement.upper());
    }
    if (signal.side() != Side.HIGH) {
      families.of(MetricNames.lower(signal), signal, Help::lower).add(labels, judgement.lower());
    }
    families
        .of(MetricNames.HISTORY, Help.HISTORY)
        .add(withSignal, judgement.historyMillis() / 1000.0);
    if (series.isTrueAt(now)) {
      families.of(MetricNames.SCORE, Help.SCORE).add(withSignal, judgement.score());
      families
          .of(MetricNames.LEAK_STATE, Help.LEAK_STATE)
          .add(withSignal, judgement.leakState().code());
      families
          .of(MetricNames.TIME_TO_LIMIT, Help.TIME_TO_LIMIT)
          .add(withSignal, judgement.timeToLimitSeconds());
      forecasts(series, labels, families);
      if (outputs.growth() || judgement.leakState() != LeakState.NONE) {
        growth(series, labels, families);
      }
    }
  }

  private static void forecasts(SeriesView series, Labels labels, Families families) {
    Signal signal = series.signal();
    for (Forecast forecast : series.beside().forecasts()) {
      Labels horizon = labels.add(MetricNames.LABEL_HORIZON, Outputs.window(forecast.horizon()));
      families
          .of(MetricNames.forecast(signal), signal, Help::forecast)
          .add(horizon, forecast.value());
      families
          .of(MetricNames.forecastError(signal), signal, Help::forecastError)
          .add(horizon, forecast.error());
    }
  }

  private static void growth(SeriesView series, Labels labels, Families families) {
    Family family = families.of(MetricNames.growth(series.signal()), series.signal(), Help::growth);
    for (HorizonGrowth growth : series.judgement().growth()) {
      family.add(
          labels.add(MetricNames.LABEL_HORIZON, Outputs.window(growth.horizon())),
          growth.perSecond());
    }
  }

  /** Named after the snapshot they are of: a reload may have changed the configuration since. */
  private static void quantiles(
      SeriesView series, Labels labels, Families families, SnapshotShape shape) {
    if (shape.windows().isEmpty()) {
      return;
    }
    List<List<Double>> values = series.quantiles();
    for (int w = 0; w < Math.min(values.size(), shape.windows().size()); w++) {
      Labels window = labels.add(MetricNames.LABEL_WINDOW, Outputs.window(shape.windows().get(w)));
      Family family =
          families.of(MetricNames.baseline(series.signal()), series.signal(), Help::baseline);
      for (int q = 0; q < Math.min(values.get(w).size(), shape.quantiles().size()); q++) {
        String quantile = Outputs.quantile(shape.quantiles().get(q));
        family.add(window.add(MetricNames.LABEL_QUANTILE, quantile), values.get(w).get(q));
      }
    }
  }

  static Labels labels(Map<String, String> labels) {
    String[] names = labels.keySet().toArray(String[]::new);
    String[] values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = labels.getOrDefault(names[i], "");
    }
    return Labels.of(names, values);
  }
}
