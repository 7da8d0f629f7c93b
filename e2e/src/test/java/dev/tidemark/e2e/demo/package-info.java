/** Tests of this package. */
@NullMarked
package dev.tidemark.e2e.demo;

import org.jspecify.annotations.NullMarked;
