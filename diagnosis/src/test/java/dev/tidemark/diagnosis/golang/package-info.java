/**
 * Real Go programs for tests: finds Go of several versions, builds and runs. For tests of any
 * package; knows none.
 */
@NullMarked
package dev.tidemark.diagnosis.golang;

import org.jspecify.annotations.NullMarked;
