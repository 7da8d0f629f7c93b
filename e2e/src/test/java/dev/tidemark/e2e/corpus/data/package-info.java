@NullMarked
package dev.tidemark.e2e.corpus.data;

import org.jspecify.annotations.NullMarked;
