/**
 * The files under deploy/, checked as far as they can be without a cluster. Nothing may depend on
 * it.
 */
@NullMarked
package dev.tidemark.e2e.deploy;

import org.jspecify.annotations.NullMarked;
