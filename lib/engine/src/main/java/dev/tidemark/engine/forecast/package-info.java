/**
 * Where a series will be some minutes ahead, and how wrong that was lately. Depends on the trend
 * estimate of the growth package and the records of the root package.
 */
@NullMarked
package dev.tidemark.engine.forecast;

import org.jspecify.annotations.NullMarked;
