/**
 * What is looked up of a target now and then and not judged as a series: its limits, its settings,
 * how it ended last. Anything may depend on it; it depends on targets only.
 */
@NullMarked
package dev.tidemark.signals.fact;

import org.jspecify.annotations.NullMarked;
