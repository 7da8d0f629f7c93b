package dev.tidemark.rules.lint;

import java.time.Duration;
import java.util.Optional;

/**
 * What checks must know that no rule says.
 *
 * @param scrapeInterval how often targets are scraped
 * @param groupInterval how often groups are evaluated that do not say it
 * @param retention how long the server keeps samples; empty where nobody said it
 */
public record Settings(
    Duration scrapeInterval, Duration groupInterval, Optional<Duration> retention) {}
