/** End-to-end tests: what only shows when all parts and the real servers run together. */
@NullMarked
package dev.tidemark.e2e;

import org.jspecify.annotations.NullMarked;
