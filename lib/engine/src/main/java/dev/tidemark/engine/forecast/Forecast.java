package dev.tidemark.engine.forecast;

import java.time.Duration;

/**
 * Where a series is expected to be.
 *
 * @param horizon how far ahead
 * @param value in the signal's unit; NaN until enough is known of the process
 * @param error mean absolute error of the forecasts that came due lately; NaN before the first
 * @param lastValueError that of "it stays as it is", over the same time
 */
public record Forecast(Duration horizon, double value, double error, double lastValueError) {}
