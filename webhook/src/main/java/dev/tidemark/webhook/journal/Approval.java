package dev.tidemark.webhook.journal;

import java.time.Instant;

/** A person's answer to a plan that waits. Bound to the plan's hash. */
public record Approval(
    String episode, Instant at, String user, boolean approved, String planHash, String comment) {}
