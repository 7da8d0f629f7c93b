@NullMarked
package dev.tidemark.exporter.checkpoint;

import org.jspecify.annotations.NullMarked;
