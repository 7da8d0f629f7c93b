/** Tests of what alerts would have done. Nothing depends on them. */
@NullMarked
package dev.tidemark.rules.history;

import org.jspecify.annotations.NullMarked;
