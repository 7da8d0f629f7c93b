/**
 * Whether a series grows like a leak: blocks, segments between restarts, trend tests and the gates
 * that must all agree. Depends on the baseline package and the records of the root package.
 */
@NullMarked
package dev.tidemark.engine.growth;

import org.jspecify.annotations.NullMarked;
