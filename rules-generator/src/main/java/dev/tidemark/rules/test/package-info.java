/**
 * Turns the scenarios of rules into unit tests for promtool. Depends on rules; files are made
 * elsewhere.
 */
@NullMarked
package dev.tidemark.rules.test;

import org.jspecify.annotations.NullMarked;
