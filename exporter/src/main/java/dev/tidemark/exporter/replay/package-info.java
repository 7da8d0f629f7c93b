/**
 * Runs the engine over recorded time: rows of a file, or slots of a source, in; a judgement for
 * each out. It knows the engine, the fleet and the source; only the command that starts it knows
 * it.
 */
@NullMarked
package dev.tidemark.exporter.replay;

import org.jspecify.annotations.NullMarked;
