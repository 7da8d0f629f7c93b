@NullMarked
package dev.tidemark.rules.tune;

import org.jspecify.annotations.NullMarked;
