/**
 * Looks for thresholds by which alerts stay within a budget, on one part of the past, and says what
 * they do on the rest. Pure over the model, the rules and what the past is asked with; only the
 * verb {@code tune} depends on it.
 */
@NullMarked
package dev.tidemark.rules.tune;

import org.jspecify.annotations.NullMarked;
