/** What the benchmarks rest on: a grown checkpoint must be one the exporter takes for its own. */
@NullMarked
package dev.tidemark.e2e.bench;

import org.jspecify.annotations.NullMarked;
