/**
 * Grafana dashboards: small records, one file a dashboard, and the JSON that Grafana's file
 * provisioning reads. Pure; it may use the model, what rules are built of, and the signals.
 */
@NullMarked
package dev.tidemark.rules.dashboard;

import org.jspecify.annotations.NullMarked;
