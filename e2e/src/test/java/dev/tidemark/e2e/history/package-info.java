/** Tests of this package. */
@NullMarked
package dev.tidemark.e2e.history;

import org.jspecify.annotations.NullMarked;
