/**
 * Turns the alerts of the model into rules: one maker an alert of the catalogue, expressions built
 * from parts. Tests are made from the scenarios that makers state; files are made elsewhere.
 */
@NullMarked
package dev.tidemark.rules.rule;

import org.jspecify.annotations.NullMarked;
