/**
 * The catalogue: every signal, its PromQL, its shape and where its metrics come from, in one file.
 * Anything may depend on it; it knows no other module of Tidemark.
 */
@NullMarked
package dev.tidemark.signals.signal;

import org.jspecify.annotations.NullMarked;
