@NullMarked
package dev.tidemark.rules.edit;

import org.jspecify.annotations.NullMarked;
