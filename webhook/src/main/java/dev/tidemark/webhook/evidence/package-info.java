/**
 * Where captured files live: written whole or not at all, with their checksum. Knows {@code
 * journal}'s record of a file; steps write here, the page reads.
 */
@NullMarked
package dev.tidemark.webhook.evidence;

import org.jspecify.annotations.NullMarked;
