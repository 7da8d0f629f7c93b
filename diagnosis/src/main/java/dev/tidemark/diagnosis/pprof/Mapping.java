package dev.tidemark.diagnosis.pprof;

/** A binary mapped into memory; addresses are unsigned. */
public record Mapping(long start, long limit, long offset, String file, String buildId) {}
