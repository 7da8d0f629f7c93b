/**
 * {@code tidemark bench}: what the programs cost beside what a real Prometheus, promtool and {@code
 * go tool pprof} cost. Makes the history and evidence they are measured on; nothing depends on it.
 */
@NullMarked
package dev.tidemark.e2e.bench;

import org.jspecify.annotations.NullMarked;
