/** Tests of the exporter as a whole; nothing may depend on them. */
@NullMarked
package dev.tidemark.exporter;

import org.jspecify.annotations.NullMarked;
