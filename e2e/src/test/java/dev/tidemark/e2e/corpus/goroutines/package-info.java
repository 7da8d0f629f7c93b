@NullMarked
package dev.tidemark.e2e.corpus.goroutines;

import org.jspecify.annotations.NullMarked;
