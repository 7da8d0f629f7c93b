@NullMarked
package dev.tidemark.e2e.corpus.table;

import org.jspecify.annotations.NullMarked;
