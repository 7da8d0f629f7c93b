package dev.tidemark.e2e.corpus.table;

import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Snapshot;
import java.time.Duration;
import java.util.List;

/** Hears a leak when the exporter confirms one, and as the generated alert tells it. */
final class LeakWatcher implements Watcher {
  /** Of the generated leak alerts; they look back as far for a series that a scrape missed. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration LOOKBACK = Duration.ofMinutes(5);

  private final Tracer confirmed = new Tracer(0, LOOKBACK.toSeconds());
  private final Tracer alerts = new Tracer(PATIENCE.toSeconds(), LOOKBACK.toSeconds());

  @Override
  public void judged(Snapshot snapshot) {
    long slot = snapshot.slot();
    for (SeriesView view : snapshot.series()) {
      boolean now = view.judgement().timeMillis() == slot;
      if (now && view.judgement().leakState() == LeakState.CONFIRMED) {
        String pod = view.labels().getOrDefault("pod", "");
        confirmed.holds(pod, view.signal().id(), slot / 1000.0);
        alerts.holds(pod, view.signal().id(), slot / 1000.0);
      }
    }
  }

  List<Episode> confirmed() {
    return confirmed.episodes();
  }

  List<Episode> alerts() {
    return alerts.episodes();
  }
}
