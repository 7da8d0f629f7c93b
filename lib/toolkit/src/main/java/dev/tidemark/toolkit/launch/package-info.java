/**
 * How a program starts, speaks and stops: flags, exit codes, logs, signals. Knows {@code config}
 * and {@code yaml}; only main classes and wiring use it.
 */
@NullMarked
package dev.tidemark.toolkit.launch;

import org.jspecify.annotations.NullMarked;
