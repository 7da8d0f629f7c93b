/** The diagnose command over the pure readers below it. */
@NullMarked
package dev.tidemark.diagnosis;

import org.jspecify.annotations.NullMarked;
