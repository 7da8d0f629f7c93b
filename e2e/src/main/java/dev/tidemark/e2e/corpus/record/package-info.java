/**
 * Records the corpus: lays out pods by behaviour and seed, runs them as real processes under a real
 * Prometheus in compressed time, and stretches what it scraped. May depend on corpus.data, server
 * and process.
 */
@NullMarked
package dev.tidemark.e2e.corpus.record;

import org.jspecify.annotations.NullMarked;
