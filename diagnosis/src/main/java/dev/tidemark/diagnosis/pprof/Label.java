package dev.tidemark.diagnosis.pprof;

import org.jspecify.annotations.Nullable;

/**
 * What else is known of a sample.
 *
 * @param text null when the label is a number
 * @param unit of the number; empty when not told
 */
public record Label(String key, @Nullable String text, long number, String unit) {}
