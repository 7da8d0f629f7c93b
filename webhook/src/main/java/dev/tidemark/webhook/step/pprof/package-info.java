/**
 * Captures profiles of a Go program into evidence; reads only, so it may be repeated. Used by
 * dispatch through {@code step.Step}.
 */
@NullMarked
package dev.tidemark.webhook.step.pprof;

import org.jspecify.annotations.NullMarked;
