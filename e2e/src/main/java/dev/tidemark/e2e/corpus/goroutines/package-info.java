/**
 * Scores {@code diagnose goroutines} on Go programs whose leaks are marked in their sources. May
 * depend on diagnosis and on {@code server}.
 */
@NullMarked
package dev.tidemark.e2e.corpus.goroutines;

import org.jspecify.annotations.NullMarked;
