/**
 * Scores the engine's bands on a local copy of the Numenta Anomaly Benchmark. May depend on the
 * engine and on nothing else of ours.
 */
@NullMarked
package dev.tidemark.e2e.corpus.nab;

import org.jspecify.annotations.NullMarked;
