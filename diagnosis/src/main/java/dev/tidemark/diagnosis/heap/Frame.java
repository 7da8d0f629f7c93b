package dev.tidemark.diagnosis.heap;

/**
 * A function in a stack.
 *
 * @param function full name; a binary in brackets or {@code <unknown>} where nobody knows it
 * @param file empty when not known
 * @param line 0 when not known
 */
public record Frame(String function, String file, long line) {}
