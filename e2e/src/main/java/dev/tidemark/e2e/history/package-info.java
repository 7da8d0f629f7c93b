/**
 * Writes days of healthy past for services that started a minute ago, as blocks Prometheus opens.
 * May depend on server and process.
 */
@NullMarked
package dev.tidemark.e2e.history;

import org.jspecify.annotations.NullMarked;
