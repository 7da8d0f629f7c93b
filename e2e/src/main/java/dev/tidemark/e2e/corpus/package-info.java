/**
 * {@code tidemark corpus}: recordings of real Go programs whose leaks are known, and what judges of
 * leaks make of them. May depend on every other package of this module.
 */
@NullMarked
package dev.tidemark.e2e.corpus;

import org.jspecify.annotations.NullMarked;
