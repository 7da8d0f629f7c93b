@NullMarked
package dev.tidemark.e2e.corpus.record;

import org.jspecify.annotations.NullMarked;
