/**
 * What is known of metrics before any server is asked: who exposes them, of what type they are,
 * which are gone. Knows the signals' names; anything of rules may depend on it.
 */
@NullMarked
package dev.tidemark.rules.metric;

import org.jspecify.annotations.NullMarked;
