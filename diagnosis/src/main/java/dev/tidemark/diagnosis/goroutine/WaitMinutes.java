package dev.tidemark.diagnosis.goroutine;

/**
 * How long the goroutines of a group have been blocked, in whole minutes. A lower bound: the clock
 * starts at the first garbage collection that finds a goroutine blocked, and those not yet found
 * count as 0.
 */
public record WaitMinutes(long min, long max) {}
