/** Tells people, at least once. Used by dispatch through {@code step.Step}. */
@NullMarked
package dev.tidemark.webhook.step.notify;

import org.jspecify.annotations.NullMarked;
