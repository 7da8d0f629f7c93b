/** Tests of the package of the same name; nothing may depend on them. */
@NullMarked
package dev.tidemark.exporter.health;

import org.jspecify.annotations.NullMarked;
