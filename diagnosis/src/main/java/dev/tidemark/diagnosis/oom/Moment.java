package dev.tidemark.diagnosis.oom;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something happened.
 *
 * @param at null when no clock places it among the others
 * @param uptime seconds since the machine started
 * @param uncertainty seconds; how far it may be off, to both sides
 * @param clock which clock told it, and what had to be assumed
 */
record Moment(@Nullable Instant at, @Nullable Double uptime, double uncertainty, String clock) {
  /** Zones differ by whole quarters of an hour, the outermost two by 26 hours. */
  private static final double QUARTER = 900;

  private static final double FARTHEST = 26 * 3600;

  /** dmesg -T counts by a clock that nobody sets right, from the boot on. */
  private static final double DRIFT = 600;

  /** What two clocks say of two events. */
  enum Order {
    TOGETHER,
    APART,
    /** One tells what the other does not, or they differ as zones that are assumed or drift do. */
    UNKNOWN
  }

  static Moment unknown() {
    return new Moment(null, null, 0, "none");
  }

  Order against(Moment other) {
    if (uptime != null && other.uptime != null && Math.abs(uptime - other.uptime) > 0.002) {
      return Order.APART;
    }
    if (at == null || other.at == null) {
      return uptime != null && other.uptime != null ? Order.TOGETHER : Order.UNKNOWN;
    }
    double apart = Math.abs(Duration.between(at, other.at).toMillis() / 1000.0);
    double doubt = uncertainty + other.uncertainty;
    if (apart <= doubt) {
      return Order.TOGETHER;
    }
    double ofZone = Math.abs(apart - QUARTER * Math.rint(apart / QUARTER));
    boolean mayBeZone = zoneAssumed() != other.zoneAssumed() && apart <= FARTHEST + doubt;
    boolean mayDrift = drifts() != other.drifts() && apart <= DRIFT;
    return mayDrift || (mayBeZone && ofZone <= doubt) ? Order.UNKNOWN : Order.APART;
  }

  private boolean drifts() {
    return clock.startsWith("dmesg -T");
  }

  private boolean zoneAssumed() {
    return clock.contains("assumed");
  }

  /** This one with what another account of the same event tells better. */
  Moment with(Moment other) {
    boolean better =
        at == null
            || (other.at != null
                && (zoneAssumed() == other.zoneAssumed()
                    ? other.uncertainty < uncertainty
                    : zoneAssumed()));
    Moment wall = better && other.at != null ? other : this;
    return new Moment(
        wall.at, uptime == null ? other.uptime : uptime, wall.uncertainty, wall.clock);
  }
}
