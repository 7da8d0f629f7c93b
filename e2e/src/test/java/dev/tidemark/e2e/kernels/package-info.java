/** Judges verdicts on goroutines by Go programs whose leaks are known. Depends on diagnosis. */
@NullMarked
package dev.tidemark.e2e.kernels;

import org.jspecify.annotations.NullMarked;
