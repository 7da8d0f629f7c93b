package dev.tidemark.diagnosis.pprof;

/**
 * What the values of a profile are.
 *
 * @param type as {@code inuse_space}, {@code cpu}
 * @param unit as {@code bytes}, {@code nanoseconds}, {@code count}
 */
public record ValueType(String type, String unit) {}
