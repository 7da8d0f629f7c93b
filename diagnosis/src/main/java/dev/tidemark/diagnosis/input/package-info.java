/**
 * Opens evidence: tells plain from packed and what a file seems to be, within bounds, line by line.
 * Knows no kind of evidence; every reader of diagnosis may depend on it.
 */
@NullMarked
package dev.tidemark.diagnosis.input;

import org.jspecify.annotations.NullMarked;
