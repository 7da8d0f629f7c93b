/**
 * Looks at the source of the program whose evidence is judged: the line, and what it waits for.
 * Reads files below one folder only. Knows no other package; the command uses it.
 */
@NullMarked
package dev.tidemark.diagnosis.source;

import org.jspecify.annotations.NullMarked;
