/**
 * What is certain of an expression's series before anything is asked: the labels they have. Knows
 * ast, print and RE2; anything may depend on it.
 */
@NullMarked
package dev.tidemark.promql.flow;

import org.jspecify.annotations.NullMarked;
