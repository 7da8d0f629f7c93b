/**
 * Asks another program to act, with a key it can know a repeat by, and a way to ask whether it did.
 * Used by dispatch through {@code step.Step}.
 */
@NullMarked
package dev.tidemark.webhook.step.http;

import org.jspecify.annotations.NullMarked;
