/**
 * Evaluates PromQL over series that are held here, as far as what is recorded needs; all else is
 * asked of a server. Depends on the syntax tree alone.
 */
@NullMarked
package dev.tidemark.rules.evaluate;

import org.jspecify.annotations.NullMarked;
