/** The catalogue: every signal, once. Knows no other module. */
@NullMarked
package dev.tidemark.signals.signal;

import org.jspecify.annotations.NullMarked;
