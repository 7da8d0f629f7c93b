/**
 * The words in which every part of diagnosis says what it concludes. Knows nothing else; every
 * package of diagnosis may depend on it.
 */
@NullMarked
package dev.tidemark.diagnosis.finding;

import org.jspecify.annotations.NullMarked;
