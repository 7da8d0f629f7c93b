package dev.tidemark.webhook.recheck;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.VectorSample;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.policy.Seen;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Looks into {@code ALERTS}. Its series lack external labels and what alert relabelling added, so a
 * series counts when each of its own labels is one of the alert.
 */
public final class PrometheusRecheck implements Recheck {
  private static final String BY = "prometheus";

  private final PromQuery prometheus;

  public PrometheusRecheck(PromQuery prometheus) {
    this.prometheus = prometheus;
  }

  @Override
  public Seen look(Episode episode, Instant now) {
    Map<String, String> equal = new LinkedHashMap<>();
    equal.put("alertname", episode.alertname());
    equal.put("alertstate", "firing");
    try {
      boolean fires =
          prometheus.query(PromQl.selector("ALERTS", equal), now).samples().stream()
              .map(VectorSample::labels)
              .anyMatch(series -> isOf(series, episode));
      return fires
          ? new Seen(BY, Seen.State.FIRING, "ALERTS says firing")
          : new Seen(BY, Seen.State.NOT_FIRING, "ALERTS does not say firing");
    } catch (PrometheusException e) {
      return new Seen(BY, Seen.State.UNKNOWN, "no answer (" + e.reason().label() + ")");
    }
  }

  private static boolean isOf(Map<String, String> series, Episode episode) {
    return series.entrySet().stream()
        .filter(label -> !label.getKey().equals("__name__") && !label.getKey().equals("alertstate"))
        .allMatch(
            label -> label.getValue().equals(episode.labels().getOrDefault(label.getKey(), "")));
  }
}
