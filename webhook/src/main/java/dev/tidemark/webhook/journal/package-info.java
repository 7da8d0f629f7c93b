/**
 * The only truth: what arrived, what was decided and why, what was intended, what came of it; on
 * disk before anything else happens. Knows {@code alert}; intake appends, dispatch appends and
 * reads, page and audit only read.
 */
@NullMarked
package dev.tidemark.webhook.journal;

import org.jspecify.annotations.NullMarked;
