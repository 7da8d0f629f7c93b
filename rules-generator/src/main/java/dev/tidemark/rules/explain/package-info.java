/**
 * Says in plain words what an expression looks at, what it needs, and what happens where that is
 * missing. Knows PromQL and what is known of metrics; nothing of how rules are made.
 */
@NullMarked
package dev.tidemark.rules.explain;

import org.jspecify.annotations.NullMarked;
