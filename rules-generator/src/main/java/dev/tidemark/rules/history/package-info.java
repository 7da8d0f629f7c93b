/**
 * What alerts would have done in the past: their expressions over a server's history, and episodes
 * as Prometheus and Alertmanager would have made them. Knows rules as found and PromQL; how the
 * server is asked it is told, and only verbs depend on it.
 */
@NullMarked
package dev.tidemark.rules.history;

import org.jspecify.annotations.NullMarked;
