package dev.tidemark.rules.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for all rules of a service, and by default for those of all services.
 *
 * @param notifyInterval how often Alertmanager tries to tell of a group that changed
 * @param queryOffset how long ago rules look; empty: nobody said, so now
 * @param limit how many alerts or series a rule may make; 0: any number
 * @param runbook empty: none
 */
public record Settings(
    Duration scrapeInterval,
    Duration groupInterval,
    Duration notifyInterval,
    Duration retention,
    Optional<Duration> queryOffset,
    int limit,
    String runbook) {

  /** How much later rules do what they do, for they look so long ago. */
  public Duration later() {
    return queryOffset.orElse(Duration.ZERO);
  }

  /** These, but for a group that says something else of itself. */
  Settings with(Duration interval, Optional<Duration> offset, int atMost) {
    return new Settings(
        scrapeInterval, interval, notifyInterval, retention, offset, atMost, runbook);
  }
}
