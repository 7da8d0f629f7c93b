/**
 * Writes files: YAML in which every text is quoted, a lock that says what was written, and folders
 * that change file by file. Knows nothing of rules.
 */
@NullMarked
package dev.tidemark.rules.output;

import org.jspecify.annotations.NullMarked;
