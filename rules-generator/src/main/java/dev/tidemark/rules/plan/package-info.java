/**
 * What a new output would change of an old one, in words. Compares rules as found in files and
 * Alertmanager's configuration as YAML, so it knows nothing of how either is made.
 */
@NullMarked
package dev.tidemark.rules.plan;

import org.jspecify.annotations.NullMarked;
