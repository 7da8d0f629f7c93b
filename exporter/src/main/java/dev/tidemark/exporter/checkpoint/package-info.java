/**
 * Keeps the state of a pipeline on disk in segments that are whole or not there: named blocks with
 * a checksum each, in files that appear by renaming. It knows bytes and files and nothing of what
 * is in them; the fleet writes its blocks, and only the root package opens the storage.
 */
@NullMarked
package dev.tidemark.exporter.checkpoint;

import org.jspecify.annotations.NullMarked;
