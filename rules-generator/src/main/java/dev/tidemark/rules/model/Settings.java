package dev.tidemark.rules.model;

import java.time.Duration;

/** What holds for all rules; an empty runbook is none. */
public record Settings(
    Duration scrapeInterval, Duration groupInterval, Duration retention, String runbook) {}
