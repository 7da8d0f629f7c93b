/**
 * Heap dumps of a JVM (HPROF): which classes grew between two, and by which paths from the roots
 * their objects are held. Streams, in memory bounded by the number of objects, not by their size.
 */
@NullMarked
package dev.tidemark.diagnosis.hprof;

import org.jspecify.annotations.NullMarked;
