/**
 * Lines of GODEBUG=schedtrace into a report with findings: pure, one pass, memory bounded by the
 * number of processes. Knows the input and finding packages only.
 */
@NullMarked
package dev.tidemark.diagnosis.sched;

import org.jspecify.annotations.NullMarked;
