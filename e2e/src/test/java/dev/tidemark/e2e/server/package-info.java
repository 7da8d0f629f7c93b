/** Tests of this package. */
@NullMarked
package dev.tidemark.e2e.server;

import org.jspecify.annotations.NullMarked;
