package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.GroupSpec;
import dev.tidemark.rules.spec.ServiceSpec;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.Optional;

/** Checks how often groups are evaluated, how long ago they look and how much they may make. */
final class Groups {
  /** A series not updated for five minutes is gone, so a slower group sees gaps. */
  private static final Duration SLOWEST = Duration.ofMinutes(5);

  private final Complaints complaints;

  Groups(Complaints complaints) {
    this.complaints = complaints;
  }

  /** What holds where a service says nothing. */
  void defaults(Placed<Duration> interval, Placed<Duration> offset) {
    if (positive(interval) && isSlow(interval)) {
      complaints.add(interval, slow("groupInterval", interval) + ", so alerts would have gaps");
    }
    offset(offset);
  }

  /** What holds for a service. */
  Settings of(ServiceSpec service, Settings defaults) {
    GroupSpec group = service.group();
    if (group == null) {
      return defaults;
    }
    Placed<Duration> interval = group.interval();
    if (interval != null && positive(interval) && isSlow(interval)) {
      slow(service, interval);
    }
    Placed<Duration> offset = group.queryOffset();
    if (offset != null) {
      offset(offset);
    }
    Placed<Integer> limit = group.limit();
    if (limit != null && limit.value() < 0) {
      complaints.add(limit, "limit: found " + limit.value() + ", needs 0 (any number) or more");
    }
    return defaults.with(
        interval == null ? defaults.groupInterval() : interval.value(),
        Optional.ofNullable(offset).map(Placed::value).or(defaults::queryOffset),
        limit == null ? defaults.limit() : limit.value());
  }

  /** Own rules may be meant to be slow, as where they are imported; ours are never. */
  private void slow(ServiceSpec service, Placed<Duration> interval) {
    boolean ours = service.alerts().stream().anyMatch(alert -> alert.use() != null);
    if (ours) {
      complaints.add(
          interval, slow("interval", interval) + ", and alerts of the catalogue need it");
    } else {
      complaints.warn(interval, slow("interval", interval) + ", so what is recorded has gaps");
    }
  }

  private static String slow(String key, Placed<Duration> interval) {
    return key
        + ": found "
        + PromDuration.format(interval.value())
        + ", needs 5m or less: Prometheus forgets a series after five minutes";
  }

  private static boolean isSlow(Placed<Duration> interval) {
    return interval.value().compareTo(SLOWEST) > 0;
  }

  private void offset(Placed<Duration> offset) {
    if (offset.value().compareTo(SLOWEST) > 0) {
      complaints.add(
          offset,
          "queryOffset: found "
              + PromDuration.format(offset.value())
              + ", needs 5m or less: alerts would come as much later");
    }
  }

  private boolean positive(Placed<Duration> interval) {
    if (interval.value().isZero()) {
      complaints.add(interval, "interval: needs more than 0");
      return false;
    }
    return true;
  }
}
