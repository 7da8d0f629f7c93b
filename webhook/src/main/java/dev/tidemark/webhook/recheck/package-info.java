/**
 * Asks Alertmanager and Prometheus whether an alert still fires. Knows the journal's episodes and
 * policy's answer to the question; dispatch asks.
 */
@NullMarked
package dev.tidemark.webhook.recheck;

import org.jspecify.annotations.NullMarked;
