/**
 * Values as 16-bit codes, counts of codes that can be subtracted, and rings of slots that slide in
 * constant time. Depends on nothing, not even the records of the root package.
 */
@NullMarked
package dev.tidemark.engine.window;

import org.jspecify.annotations.NullMarked;
