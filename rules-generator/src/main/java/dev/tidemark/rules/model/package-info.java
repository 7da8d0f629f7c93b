/**
 * The specification, checked: names resolve, values are in range, defaults are filled in. Rules,
 * routes and tests are made from it alone.
 */
@NullMarked
package dev.tidemark.rules.model;

import org.jspecify.annotations.NullMarked;
