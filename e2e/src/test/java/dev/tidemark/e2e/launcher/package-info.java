/** Tests of the scripts people type: the launcher and the fetching of tools. */
@NullMarked
package dev.tidemark.e2e.launcher;

import org.jspecify.annotations.NullMarked;
