/**
 * Writes PromQL so that no value can break out of its place. Anything may depend on it; it depends
 * on nothing.
 */
@NullMarked
package dev.tidemark.promql.print;

import org.jspecify.annotations.NullMarked;
