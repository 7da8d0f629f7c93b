/** Tests of this package. */
@NullMarked
package dev.tidemark.e2e.supervisor;

import org.jspecify.annotations.NullMarked;
