/**
 * What ails a target, and how it died: pure functions of what is judged and observed of it. The
 * fleet, the exposition and the page may depend on it; it depends on the engine and the signals.
 */
@NullMarked
package dev.tidemark.exporter.health;

import org.jspecify.annotations.NullMarked;
