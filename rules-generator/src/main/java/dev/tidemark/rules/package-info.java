/** Wires the rules generator: spec, model, rules, files. */
@NullMarked
package dev.tidemark.rules;

import org.jspecify.annotations.NullMarked;
