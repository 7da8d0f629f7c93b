/** Tells what happened, from the journal alone; it only reads. Used by the {@code audit} verb. */
@NullMarked
package dev.tidemark.webhook.audit;

import org.jspecify.annotations.NullMarked;
