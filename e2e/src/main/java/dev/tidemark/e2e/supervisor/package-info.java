/**
 * Owns the Go services and restarts them when asked over HTTP, exactly once a key: what Kubernetes
 * does elsewhere. May depend on server and process.
 */
@NullMarked
package dev.tidemark.e2e.supervisor;

import org.jspecify.annotations.NullMarked;
