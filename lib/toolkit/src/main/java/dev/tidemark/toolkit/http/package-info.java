/**
 * Outgoing HTTP: one guarded client a destination, with bounded time, bytes, concurrency and
 * retries. Knows no module of ours and no Vert.x; any program may depend on it.
 */
@NullMarked
package dev.tidemark.toolkit.http;

import org.jspecify.annotations.NullMarked;
