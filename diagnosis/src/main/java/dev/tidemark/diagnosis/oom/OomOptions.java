package dev.tidemark.diagnosis.oom;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How to read the clocks.
 *
 * @param window seconds within which events count as one, beside the uncertainty of their clocks
 * @param zone of times that name none
 * @param boot when the machine started, which places seconds since boot
 * @param now tells the year of dates without one
 */
public record OomOptions(double window, ZoneId zone, @Nullable Instant boot, Instant now) {}
