package dev.tidemark.engine;

import java.time.Duration;

/**
 * Growth over one horizon, as it was when the last block of that horizon was complete.
 *
 * @param horizon the configured length
 * @param spanMillis the length of the window that was judged: at most the horizon, less after a
 *     restart or when only the end of the horizon rises
 * @param perSecond Theil–Sen slope in units a second; NaN until there are enough blocks
 * @param pValue one-sided Mann–Kendall p value of "does not rise"; NaN when not known
 * @param rising whether that is a rise by what matters, above its noise and in both halves
 * @param state what this horizon alone concludes
 * @param reason the first gate that was missed, or what was found
 */
public record HorizonGrowth(
    Duration horizon,
    long spanMillis,
    double perSecond,
    double pValue,
    boolean rising,
    LeakState state,
    String reason) {}
