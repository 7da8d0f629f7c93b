/** Wires the exporter: source, fleet, engine, exposition. */
@NullMarked
package dev.tidemark.exporter;

import org.jspecify.annotations.NullMarked;
