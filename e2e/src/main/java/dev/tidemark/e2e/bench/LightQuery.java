package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.server.Prometheus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a query takes that costs next to nothing: whether a Prometheus is still responsive. */
final class LightQuery {
  private final Prometheus prometheus;
  private final List<Double> millis = new ArrayList<>();

  LightQuery(Prometheus prometheus) {
    this.prometheus = prometheus;
  }

  /** Asks; one that is not answered in time counts as long as was waited. */
  void ask(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      long began = System.nanoTime();
      try {
        var unused = prometheus.query("max(go_goroutines{instance=\"10.0.0.0:8080\"})");
      } catch (IOException e) {
        // its time tells
      }
      millis.add((System.nanoTime() - began) / 1e6);
    }
  }

  /** Median, 99th percentile and the longest of all so far. */
  String text() {
    List<Double> sorted = millis.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p99 %.1f ms, longest %.0f ms of %d",
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1),
        sorted.size());
  }

  private static double at(List<Double> sorted, double q) {
    return sorted.isEmpty() ? Double.NaN : sorted.get((int) (q * (sorted.size() - 1)));
  }
}
