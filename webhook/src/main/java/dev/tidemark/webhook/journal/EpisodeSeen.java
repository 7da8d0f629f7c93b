package dev.tidemark.webhook.journal;

import java.time.Instant;

/** Alertmanager or Prometheus confirmed that the alert still fires. */
public record EpisodeSeen(String episode, Instant at) implements Entry {}
