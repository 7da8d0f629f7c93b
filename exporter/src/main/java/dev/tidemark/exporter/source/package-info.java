/**
 * Asks a Prometheus for what happened on the grid and hands it on in chunks, oldest first. It knows
 * the signals and the Prometheus client; it knows nothing of judging, and only the app starts it.
 */
@NullMarked
package dev.tidemark.exporter.source;

import org.jspecify.annotations.NullMarked;
