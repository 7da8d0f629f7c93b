/**
 * Turns the last snapshot into metrics, and counts what the exporter itself does. It reads
 * snapshots and changes nothing; the web server hands it out.
 */
@NullMarked
package dev.tidemark.exporter.exposition;

import org.jspecify.annotations.NullMarked;
