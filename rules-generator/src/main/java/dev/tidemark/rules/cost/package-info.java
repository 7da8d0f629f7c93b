/**
 * What rules cost a Prometheus: series found and samples read at each evaluation, series added.
 * Knows rules as found in files and PromQL; how many series a selector finds it is told.
 */
@NullMarked
package dev.tidemark.rules.cost;

import org.jspecify.annotations.NullMarked;
