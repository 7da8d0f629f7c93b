/**
 * The specification as people write it: records that strict YAML fills, several files merged into
 * one, every value with its place. Knows nothing of rules; the model is made from it.
 */
@NullMarked
package dev.tidemark.rules.spec;

import org.jspecify.annotations.NullMarked;
