/**
 * Strict YAML into records, with every problem and its place. Knows {@code config} and nothing else
 * of ours; everything that reads a file people write uses it.
 */
@NullMarked
package dev.tidemark.toolkit.yaml;

import org.jspecify.annotations.NullMarked;
