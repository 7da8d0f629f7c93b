package dev.tidemark.promql.parse;

import dev.tidemark.promql.type.Feature;

/**
 * A feature where a text uses it.
 *
 * @param offset index of its first character
 * @param length in characters
 */
public record Use(Feature feature, int offset, int length) {}
