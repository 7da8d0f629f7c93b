package dev.tidemark.rules.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The states of one alert, evaluation by evaluation. Source: AlertingRule.Eval in rules/alerting.go
 * of Prometheus 2.42.
 */
final class Life {
  private final SortedMap<String, String> labels;
  private final Duration wait;
  private final Duration keep;
  private final List<Episode> episodes = new ArrayList<>();
  private @Nullable Instant activeAt;
  private @Nullable Instant firedAt;
  private @Nullable Instant keptSince;

  Life(SortedMap<String, String> labels, Duration wait, Duration keep) {
    this.labels = labels;
    this.wait = wait;
    this.keep = keep;
  }

  /** The next evaluation: whether the expression gave this series. */
  void look(Instant now, boolean there) {
    if (there) {
      keptSince = null;
      if (activeAt == null) {
        activeAt = now;
      }
    } else if (!isKept(now)) {
      end(now, false);
      return;
    }
    if (activeAt != null
        && firedAt == null
        && Duration.between(activeAt, now).compareTo(wait) >= 0) {
      firedAt = now;
    }
  }

  private boolean isKept(Instant now) {
    if (firedAt == null || keep.isZero()) {
      return false;
    }
    if (keptSince == null) {
      keptSince = now;
    }
    return Duration.between(keptSince, now).compareTo(keep) < 0;
  }

  private void end(Instant now, boolean open) {
    if (firedAt != null) {
      episodes.add(new Episode(labels, firedAt, now, open));
    }
    activeAt = null;
    firedAt = null;
    keptSince = null;
  }

  /** Whether it is neither pending nor firing, so that looks without it change nothing. */
  boolean isOver() {
    return activeAt == null;
  }

  /** All episodes; what fires at the end is open. */
  List<Episode> finish(Instant end) {
    end(end, true);
    return List.copyOf(episodes);
  }
}
