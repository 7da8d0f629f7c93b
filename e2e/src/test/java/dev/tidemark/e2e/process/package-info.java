/** Tests of this package. */
@NullMarked
package dev.tidemark.e2e.process;

import org.jspecify.annotations.NullMarked;
