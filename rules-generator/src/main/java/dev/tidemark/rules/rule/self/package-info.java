/**
 * Alerts on Tidemark itself: what watches must be watched. One maker a file, on top of rule; only
 * the catalogue depends on it.
 */
@NullMarked
package dev.tidemark.rules.rule.self;

import org.jspecify.annotations.NullMarked;
