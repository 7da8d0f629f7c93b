/** Tests of the package of the same name; nothing may depend on them. */
@NullMarked
package dev.tidemark.exporter.exposition;

import org.jspecify.annotations.NullMarked;
