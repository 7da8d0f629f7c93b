/**
 * The program: reads flags and wires spec, model, rules, tests, routes and files in the order data
 * flows. Nothing depends on it.
 */
@NullMarked
package dev.tidemark.rules;

import org.jspecify.annotations.NullMarked;
