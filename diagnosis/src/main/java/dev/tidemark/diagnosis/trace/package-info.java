/**
 * Go execution traces as go tool trace writes them in text, into a report: pure, one pass, memory
 * bounded by goroutines and start functions. Knows the input and finding packages only.
 */
@NullMarked
package dev.tidemark.diagnosis.trace;

import org.jspecify.annotations.NullMarked;
