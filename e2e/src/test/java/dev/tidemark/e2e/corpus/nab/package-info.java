@NullMarked
package dev.tidemark.e2e.corpus.nab;

import org.jspecify.annotations.NullMarked;
