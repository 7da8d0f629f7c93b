/**
 * Says what captured goroutines and heap profiles tell; reads evidence only. Used by dispatch
 * through {@code step.Step}.
 */
@NullMarked
package dev.tidemark.webhook.step.diagnose;

import org.jspecify.annotations.NullMarked;
