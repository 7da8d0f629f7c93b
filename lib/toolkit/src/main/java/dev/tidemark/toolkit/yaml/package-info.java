/** Strict YAML into records, with every problem and its place. Knows no module of ours. */
@NullMarked
package dev.tidemark.toolkit.yaml;

import org.jspecify.annotations.NullMarked;
