package dev.tidemark.engine.forecast;

import dev.tidemark.engine.Sample;
import java.time.Duration;
import java.util.List;

/**
 * Mean absolute errors of our forecast, of "it stays" and of the straight line through the last
 * hour (least squares, as predict_linear draws it), on one recorded series.
 */
record Contest(double ours, double last, double line, int compared) {
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  static Contest of(double[] y, Duration horizon) {
    Forecaster forecaster =
        new Forecaster(
            new ForecastConfig(INTERVAL, List.of(Duration.ofMinutes(5), Duration.ofMinutes(30))));
    int ahead = (int) (horizon.toMillis() / INTERVAL.toMillis());
    int hour = (int) (Duration.ofHours(1).toMillis() / INTERVAL.toMillis());
    double ours = 0;
    double last = 0;
    double line = 0;
    int n = 0;
    for (int i = 0; i + ahead < y.length; i++) {
      forecaster.observe(new Sample(INTERVAL.toMillis() * (i + 1), y[i], Double.NaN, 0));
      if (i < hour || i % 4 != 0) {
        continue;
      }
      double came = y[i + ahead];
      for (Forecast forecast : forecaster.forecasts()) {
        if (forecast.horizon().equals(horizon)) {
          ours += Math.abs(forecast.value() - came);
        }
      }
      last += Math.abs(y[i] - came);
      line += Math.abs(line(y, i - hour + 1, i, ahead) - came);
      n++;
    }
    return new Contest(ours / n, last / n, line / n, n);
  }

  private static double line(double[] y, int from, int to, int ahead) {
    int n = to - from + 1;
    double middle = (n - 1) / 2.0;
    double mean = 0;
    for (int i = from; i <= to; i++) {
      mean += y[i] / n;
    }
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < n; i++) {
      xy += (i - middle) * (y[from + i] - mean);
      xx += (i - middle) * (i - middle);
    }
    return mean + xy / xx * (n - 1 - middle + ahead);
  }
}
