/**
 * Both engines of the generated alerts on one recording: what the exporter would have exposed and
 * what recording rules would have recorded, and whether the alerts on them tell the same. May
 * depend on corpus.data, corpus.table, server, process, history, the exporter and the rules.
 */
@NullMarked
package dev.tidemark.e2e.corpus.engines;

import org.jspecify.annotations.NullMarked;
