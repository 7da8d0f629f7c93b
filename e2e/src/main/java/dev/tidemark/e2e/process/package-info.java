/**
 * Child processes that certainly end with the run that started them, and waiting for what they do.
 * Knows nothing of the servers it runs; every other package here may depend on it.
 */
@NullMarked
package dev.tidemark.e2e.process;

import org.jspecify.annotations.NullMarked;
