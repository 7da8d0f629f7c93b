/**
 * {@code tidemark bench exporter}: what the exporter costs beside what a real Prometheus costs, in
 * one run. Writes days of history as blocks of Prometheus' own format; nothing depends on it.
 */
@NullMarked
package dev.tidemark.e2e.bench;

import org.jspecify.annotations.NullMarked;
