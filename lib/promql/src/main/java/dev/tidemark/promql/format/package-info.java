/**
 * Lays an expression out for people, on one line or on several. Knows ast; anything may depend on
 * it.
 */
@NullMarked
package dev.tidemark.promql.format;

import org.jspecify.annotations.NullMarked;
