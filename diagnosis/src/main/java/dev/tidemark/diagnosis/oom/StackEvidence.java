package dev.tidemark.diagnosis.oom;

/** A group of goroutines that a dump shows blocked at one place. */
public record StackEvidence(long count, String state, String place, boolean leaks) {}
