/** Wires the webhook: intake, journal, dispatch, page. */
@NullMarked
package dev.tidemark.webhook;

import org.jspecify.annotations.NullMarked;
