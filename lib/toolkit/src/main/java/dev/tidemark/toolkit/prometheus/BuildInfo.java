package dev.tidemark.toolkit.prometheus;

/**
 * What the server says of itself; empty where it says nothing.
 *
 * @param version such as 2.42.0
 */
public record BuildInfo(String version, String revision, String goVersion) {}
