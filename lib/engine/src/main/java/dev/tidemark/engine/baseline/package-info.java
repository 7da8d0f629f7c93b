/**
 * What is normal: the lag, the freezing, and the band drawn from the windows. Depends on the window
 * package and the records of the root package.
 */
@NullMarked
package dev.tidemark.engine.baseline;

import org.jspecify.annotations.NullMarked;
