/**
 * Alerts on what a target may use, and what happens at the limit. One maker a file, on top of rule;
 * only the catalogue depends on it.
 */
@NullMarked
package dev.tidemark.rules.rule.limits;

import org.jspecify.annotations.NullMarked;
