/**
 * The names of all metrics and labels that Tidemark exposes, once. Anything may depend on it; it
 * depends on the signals only.
 */
@NullMarked
package dev.tidemark.signals.metric;

import org.jspecify.annotations.NullMarked;
