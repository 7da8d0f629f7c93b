/**
 * A first specification from what a Prometheus knows: which Go services there are and what of them
 * can be judged. Knows the catalogue of signals; how the server is asked it is told, and nothing
 * but the verb {@code init} depends on it.
 */
@NullMarked
package dev.tidemark.rules.first;

import org.jspecify.annotations.NullMarked;
