/**
 * The PromQL syntax tree: immutable records that print themselves as an expression which parses
 * back to the same tree. Knows print and type; parse builds it.
 */
@NullMarked
package dev.tidemark.promql.ast;

import org.jspecify.annotations.NullMarked;
