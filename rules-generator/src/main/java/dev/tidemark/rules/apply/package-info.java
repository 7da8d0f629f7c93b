/**
 * Brings what was generated to the servers that use it, all or nothing, and asks them whether they
 * have it. Knows files, rules as found and HTTP; only the verb {@code apply} depends on it.
 */
@NullMarked
package dev.tidemark.rules.apply;

import org.jspecify.annotations.NullMarked;
