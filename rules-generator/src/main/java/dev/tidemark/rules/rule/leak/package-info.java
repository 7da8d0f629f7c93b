/**
 * Alerts on growth that never comes back, and on what it leads to. One maker a file, on top of
 * rule; only the catalogue depends on it.
 */
@NullMarked
package dev.tidemark.rules.rule.leak;

import org.jspecify.annotations.NullMarked;
