/**
 * Flame graphs of one profile or of the difference of two: tree, folded stacks, a drawing that
 * needs nothing but itself. Pure functions over the stacks that {@code heap} sums up.
 */
@NullMarked
package dev.tidemark.diagnosis.flame;

import org.jspecify.annotations.NullMarked;
