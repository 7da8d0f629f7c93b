/**
 * Asks promtool, where there is one, whether a user's own expressions are right. Depends on spec
 * places only.
 */
@NullMarked
package dev.tidemark.rules.check;

import org.jspecify.annotations.NullMarked;
