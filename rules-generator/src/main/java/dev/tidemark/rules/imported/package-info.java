/**
 * Turns rules that stand in files into a specification that generates rules of the same meaning.
 * Knows rules as found in files and the specification's format; what becomes of the specification
 * it asks a generator that it is handed.
 */
@NullMarked
package dev.tidemark.rules.imported;

import org.jspecify.annotations.NullMarked;
