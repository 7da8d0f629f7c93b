/**
 * Alerts on Go's runtime: collector, scheduler, goroutines. One maker a file, on top of rule; only
 * the catalogue depends on it.
 */
@NullMarked
package dev.tidemark.rules.rule.runtime;

import org.jspecify.annotations.NullMarked;
