@NullMarked
package dev.tidemark.rules.apply;

import org.jspecify.annotations.NullMarked;
