package dev.tidemark.rules.model;

import java.time.Duration;

/**
 * What holds for all rules.
 *
 * @param notifyInterval how often Alertmanager tries to tell of a group that changed
 * @param queryOffset how long ago rules look; zero: now
 * @param runbook empty: none
 */
public record Settings(
    Duration scrapeInterval,
    Duration groupInterval,
    Duration notifyInterval,
    Duration retention,
    Duration queryOffset,
    String runbook) {}
