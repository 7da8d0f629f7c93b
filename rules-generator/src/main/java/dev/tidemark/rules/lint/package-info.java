/**
 * Looks at rules for what can never work, works by luck, or tells people too little: one check a
 * file, each with a section in docs/lint.md. Knows rules as found in files and PromQL; asks a
 * server only through {@link dev.tidemark.rules.lint.SeriesSource}.
 */
@NullMarked
package dev.tidemark.rules.lint;

import org.jspecify.annotations.NullMarked;
