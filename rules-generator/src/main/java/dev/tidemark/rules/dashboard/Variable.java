package dev.tidemark.rules.dashboard;

import java.util.Optional;

/**
 * What people choose at the top of a dashboard.
 *
 * @param query of Grafana's Prometheus data source, as {@code label_values(metric, label)}
 * @param regex what of an answer's line is the value; empty: all of it
 * @param multi whether several can be chosen
 * @param all what "All" stands for, a regular expression; empty: whatever there is to choose
 */
record Variable(
    String name, String label, String query, String regex, boolean multi, Optional<String> all) {}
