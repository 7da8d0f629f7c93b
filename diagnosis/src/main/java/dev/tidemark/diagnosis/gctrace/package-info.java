/**
 * Lines of GODEBUG=gctrace=1 into a report with findings and advice: pure, one pass, memory bounded
 * by the number of processes and not of lines. Knows the input and finding packages only.
 */
@NullMarked
package dev.tidemark.diagnosis.gctrace;

import org.jspecify.annotations.NullMarked;
