package dev.tidemark.promql.parse;

/**
 * What keeps a release of Prometheus from reading an expression, and where it stands.
 *
 * @param reason what is needed and what the target is, for people
 */
public record Lack(Use use, String reason) {}
