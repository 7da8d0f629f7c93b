@NullMarked
package dev.tidemark.e2e.corpus;

import org.jspecify.annotations.NullMarked;
