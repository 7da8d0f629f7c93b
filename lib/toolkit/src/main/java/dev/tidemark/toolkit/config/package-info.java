/**
 * Values people write in configuration: Prometheus' durations, byte sizes, secrets. Knows no other
 * package of ours; anything may use it.
 */
@NullMarked
package dev.tidemark.toolkit.config;

import org.jspecify.annotations.NullMarked;
