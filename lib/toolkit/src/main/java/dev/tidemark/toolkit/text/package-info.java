/** Text as it is held in memory. Depends on nothing, so that anything may use it. */
@NullMarked
package dev.tidemark.toolkit.text;

import org.jspecify.annotations.NullMarked;
