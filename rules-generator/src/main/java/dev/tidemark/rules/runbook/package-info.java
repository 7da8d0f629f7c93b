/**
 * Makes a first runbook of every alert, for people to go on writing. Depends on catalogue, explain
 * and rule; files are made elsewhere.
 */
@NullMarked
package dev.tidemark.rules.runbook;

import org.jspecify.annotations.NullMarked;
