/**
 * The targets, their series and their workloads: takes chunks, judges every sample in the order of
 * time, and makes immutable snapshots. It knows the source's chunks and the engine, and nothing of
 * HTTP.
 */
@NullMarked
package dev.tidemark.exporter.fleet;

import org.jspecify.annotations.NullMarked;
