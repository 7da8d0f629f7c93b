/**
 * Rules as they stand in files, ours or anybody's, each with its place. Knows specification texts
 * and nothing of how rules are made; lint, cost, plan and imports look at rules through it.
 */
@NullMarked
package dev.tidemark.rules.found;

import org.jspecify.annotations.NullMarked;
