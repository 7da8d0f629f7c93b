/** The demo and the tests on real servers. Nobody depends on it. */
@NullMarked
package dev.tidemark.e2e;

import org.jspecify.annotations.NullMarked;
