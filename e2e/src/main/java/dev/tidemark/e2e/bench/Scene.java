package dev.tidemark.e2e.bench;

import java.time.Duration;

/**
 * What is measured on one history.
 *
 * @param targets Go processes, one judged series each
 * @param history how much of the past is learnt
 * @param passes evaluations that are watched once the present is reached
 * @param quantiles whether Prometheus is asked for the same quantiles
 */
record Scene(String name, int targets, Duration history, int passes, boolean quantiles) {}
