/** The PromQL syntax tree. Knows no library. */
@NullMarked
package dev.tidemark.promql.ast;

import org.jspecify.annotations.NullMarked;
