/**
 * What is certain of an expression before anything is asked: the labels its series have, and
 * whether it can have any. Knows ast, print and RE2; anything may depend on it.
 */
@NullMarked
package dev.tidemark.promql.flow;

import org.jspecify.annotations.NullMarked;
