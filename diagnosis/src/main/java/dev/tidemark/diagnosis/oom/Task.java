package dev.tidemark.diagnosis.oom;

/**
 * A process the kernel considered.
 *
 * @param resident bytes
 */
public record Task(long pid, String name, long resident) {}
