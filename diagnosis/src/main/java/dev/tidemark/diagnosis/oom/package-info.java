/**
 * What the kernel, the container and Go say about an out-of-memory kill, on one timeline, and what
 * kind it was. Pure; knows the input, finding and gomemory packages only.
 */
@NullMarked
package dev.tidemark.diagnosis.oom;

import org.jspecify.annotations.NullMarked;
