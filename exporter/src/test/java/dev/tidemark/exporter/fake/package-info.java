/** A Prometheus made by hand, for tests of the exporter; nothing else may depend on it. */
@NullMarked
package dev.tidemark.exporter.fake;

import org.jspecify.annotations.NullMarked;
