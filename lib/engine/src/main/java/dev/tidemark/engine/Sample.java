package dev.tidemark.engine;

/**
 * One reading of one series.
 *
 * @param timeMillis epoch milliseconds
 * @param value in the signal's unit; a value that is not finite is ignored and counted
 * @param limit where the target dies or stalls, in the same unit; NaN when there is none
 * @param startMillis when the process started, epoch milliseconds; 0 when that is unknown
 */
public record Sample(long timeMillis, double value, double limit, long startMillis) {}
