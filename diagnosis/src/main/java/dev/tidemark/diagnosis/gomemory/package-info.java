/**
 * What a Go runtime knows of its memory, from metrics, MemStats or the end of a heap profile. Knows
 * the input package only; oom and size depend on it.
 */
@NullMarked
package dev.tidemark.diagnosis.gomemory;

import org.jspecify.annotations.NullMarked;
