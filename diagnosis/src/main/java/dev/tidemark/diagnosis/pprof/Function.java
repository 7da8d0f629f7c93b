package dev.tidemark.diagnosis.pprof;

/**
 * A function of the source.
 *
 * @param name for people; empty when not known
 * @param systemName as the linker calls it
 * @param startLine 0 when not known
 */
public record Function(String name, String systemName, String file, long startLine) {}
