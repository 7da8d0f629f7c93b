/**
 * What PromQL's expressions and functions give and take. Depends on nothing; ast and parse use it.
 */
@NullMarked
package dev.tidemark.promql.type;

import org.jspecify.annotations.NullMarked;
