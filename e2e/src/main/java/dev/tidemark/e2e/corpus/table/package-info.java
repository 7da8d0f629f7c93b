/**
 * What judges of leaks make of a recording: the exporter's own path and the rules people use today,
 * on the same real Prometheus, and the table that compares them. May depend on corpus.data, server,
 * process, history and the exporter.
 */
@NullMarked
package dev.tidemark.e2e.corpus.table;

import org.jspecify.annotations.NullMarked;
