/**
 * Reads PromQL into its tree and tells errors with their place. Knows ast, print, type and RE2's
 * regular expressions.
 */
@NullMarked
package dev.tidemark.promql.parse;

import org.jspecify.annotations.NullMarked;
