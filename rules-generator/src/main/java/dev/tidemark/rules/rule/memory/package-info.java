/**
 * Alerts on memory and its limits. One maker a file, on top of rule; only the catalogue depends on
 * it.
 */
@NullMarked
package dev.tidemark.rules.rule.memory;

import org.jspecify.annotations.NullMarked;
