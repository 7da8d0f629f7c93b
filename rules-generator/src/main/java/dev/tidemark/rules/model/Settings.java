package dev.tidemark.rules.model;

import java.time.Duration;

/**
 * What holds for all rules.
 *
 * @param queryOffset how long ago rules look; zero: now
 * @param runbook empty: none
 */
public record Settings(
    Duration scrapeInterval,
    Duration groupInterval,
    Duration retention,
    Duration queryOffset,
    String runbook) {}
