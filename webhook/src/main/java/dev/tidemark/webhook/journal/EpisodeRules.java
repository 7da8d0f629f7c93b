package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.alert.Alert;
import dev.tidemark.webhook.alert.AlertStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an alert of a notification means for its episode: a pure function, so that every order of
 * arrival can be tested. Notifications come twice, late and in any order; nothing in them says when
 * they were sent. What tells lives apart is that a later life of the same alert starts at or after
 * the end of the earlier one.
 */
final class EpisodeRules {

  /** A resolve further in our future than this has a wrong clock: its end counts as now. */
  static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private EpisodeRules() {}

  /**
   * What the journal knows of a cluster and fingerprint.
   *
   * @param open the firing episode
   * @param closed the newest closed episode
   * @param endedAt the latest end any resolve told
   */
  record Known(@Nullable Life open, @Nullable Life closed, @Nullable Instant endedAt) {
    static final Known NOTHING = new Known(null, null, null);
  }

  /** An episode's times as alerts told them: earliest and latest start. */
  record Life(String id, Instant startsAt, Instant latestStartsAt, boolean late) {}

  /** What to do. */
  enum Act {
    /** A new episode. */
    OPEN,
    /** The closed episode fires again under its own start. */
    REOPEN,
    /** Still the open episode; keep the earliest start. */
    CONTINUE,
    /** The open episode ends. */
    CLOSE,
    /** A firing of a life that ended before the open episode. */
    LATE_FIRING,
    /** A resolve of a life before the open episode's. */
    LATE_RESOLVE,
    /** A resolve of an episode that is closed or was never seen. */
    NOTHING
  }

  /**
   * @param late for OPEN and REOPEN: a resolve of this life is already known
   * @param endedAt what is now the latest end told
   */
  record Change(Act act, boolean late, @Nullable Instant endedAt) {}

  static Change of(Known known, Alert alert, Instant now) {
    return alert.status() == AlertStatus.FIRING
        ? firing(known, alert.startsAt())
        : resolved(known, end(alert, now));
  }

  private static Change firing(Known known, Instant startsAt) {
    Instant endedAt = known.endedAt();
    boolean ended = endedAt != null && startsAt.isBefore(endedAt);
    Life open = known.open();
    if (open != null) {
      Act act = ended && !open.late() ? Act.LATE_FIRING : Act.CONTINUE;
      return new Change(act, open.late(), endedAt);
    }
    Life closed = known.closed();
    boolean sameLife = closed != null && (ended || !startsAt.isAfter(closed.latestStartsAt()));
    return new Change(sameLife ? Act.REOPEN : Act.OPEN, ended, endedAt);
  }

  private static Change resolved(Known known, Instant endsAt) {
    Instant before = known.endedAt();
    Instant latest = before == null || endsAt.isAfter(before) ? endsAt : before;
    Life open = known.open();
    if (open == null) {
      return new Change(Act.NOTHING, false, latest);
    }
    boolean closes = !endsAt.isBefore(open.latestStartsAt());
    return new Change(closes ? Act.CLOSE : Act.LATE_RESOLVE, open.late(), latest);
  }

  private static Instant end(Alert alert, Instant now) {
    Instant endsAt = alert.endsAt();
    Instant furthest = now.plus(CLOCK_SKEW);
    return endsAt == null || endsAt.isAfter(furthest) ? now : endsAt;
  }
}
