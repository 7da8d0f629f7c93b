/**
 * What a recording holds: targets, what is true of them, and their samples as files. Everything
 * else of the corpus may depend on it; it depends on nothing of ours.
 */
@NullMarked
package dev.tidemark.e2e.corpus.data;

import org.jspecify.annotations.NullMarked;
