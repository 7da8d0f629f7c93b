/** Tests of what alerts would have done. Nothing depends on them. */
@NullMarked
package dev.tidemark.rules.check;

import org.jspecify.annotations.NullMarked;
