/** What leak alerts are held against: courses of values, and what the engine says of them. */
@NullMarked
package dev.tidemark.rules.rule.leak;

import org.jspecify.annotations.NullMarked;
