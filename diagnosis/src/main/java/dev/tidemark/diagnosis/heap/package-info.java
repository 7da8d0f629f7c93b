/**
 * What grew between two profiles: functions as {@code go tool pprof} counts them, paths by
 * allocation stack, and a verdict for each. Pure functions over {@code pprof}; the command, flame
 * graphs and the webhook use them.
 */
@NullMarked
package dev.tidemark.diagnosis.heap;

import org.jspecify.annotations.NullMarked;
