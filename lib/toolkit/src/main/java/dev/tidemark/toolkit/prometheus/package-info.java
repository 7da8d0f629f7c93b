/**
 * A client of the Prometheus HTTP API, read as a stream and bounded in time and size. Depends on
 * {@code toolkit.http} only; any program may use it.
 */
@NullMarked
package dev.tidemark.toolkit.prometheus;

import org.jspecify.annotations.NullMarked;
