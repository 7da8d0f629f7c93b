/**
 * Lays out the expressions of rule files and specifications where they stand, without touching
 * anything else. Pure: text in, text out; depends on PromQL and a YAML parser's events only.
 */
@NullMarked
package dev.tidemark.rules.format;

import org.jspecify.annotations.NullMarked;
