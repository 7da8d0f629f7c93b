package dev.tidemark.exporter.page;

import dev.tidemark.exporter.fleet.SeriesHistory;
import dev.tidemark.exporter.fleet.SeriesView;

/** Looks up what is remembered of a series; waits for it, for a few seconds at most. */
@FunctionalInterface
public interface Histories {
  SeriesHistory of(SeriesView view) throws NotNow;

  /** It cannot be told now; the message says why. */
  final class NotNow extends Exception {
    private static final long serialVersionUID = 1;

    public NotNow(String message) {
      super(message);
    }
  }
}
