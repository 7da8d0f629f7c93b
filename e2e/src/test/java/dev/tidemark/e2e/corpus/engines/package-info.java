@NullMarked
package dev.tidemark.e2e.corpus.engines;

import org.jspecify.annotations.NullMarked;
