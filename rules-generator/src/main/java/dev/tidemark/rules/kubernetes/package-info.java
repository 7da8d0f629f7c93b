/**
 * Makes the objects that the Prometheus Operator and Grafana's sidecar read from what would
 * otherwise be files. Depends on model, route and rule.
 */
@NullMarked
package dev.tidemark.rules.kubernetes;

import org.jspecify.annotations.NullMarked;
