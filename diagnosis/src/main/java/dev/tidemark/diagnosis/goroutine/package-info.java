/**
 * Goroutine dumps into groups with a verdict: pure functions from bytes to findings that trust
 * nothing they read. Depends on input, finding and pprof; the command and the webhook use it.
 */
@NullMarked
package dev.tidemark.diagnosis.goroutine;

import org.jspecify.annotations.NullMarked;
