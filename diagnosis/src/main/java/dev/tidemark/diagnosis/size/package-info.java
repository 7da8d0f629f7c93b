/**
 * What fits a memory limit: GOMEMLIMIT, GOGC, GOMAXPROCS and goroutines, from what a target itself
 * shows. Pure; knows the finding and gomemory packages only.
 */
@NullMarked
package dev.tidemark.diagnosis.size;

import org.jspecify.annotations.NullMarked;
