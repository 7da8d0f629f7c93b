/**
 * Changes values in a specification's text where they stand, so that comments and layout stay.
 * Knows YAML and places only; verbs that write to a specification depend on it.
 */
@NullMarked
package dev.tidemark.rules.edit;

import org.jspecify.annotations.NullMarked;
