/**
 * The real servers of a run on free loopback ports: Prometheus, Alertmanager, the Go service and
 * Tidemark's own programs, with the few calls tests need. May depend on process only.
 */
@NullMarked
package dev.tidemark.e2e.server;

import org.jspecify.annotations.NullMarked;
