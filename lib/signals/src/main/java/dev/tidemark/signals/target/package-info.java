/**
 * Says of a series which target and which workload it belongs to. Anything may depend on it; it
 * depends on nothing.
 */
@NullMarked
package dev.tidemark.signals.target;

import org.jspecify.annotations.NullMarked;
