/**
 * Proves whether the steps helped: the slope of a signal before and after, and queries that must
 * hold. Knows playbook and signals; dispatch keeps the state of a verification on disk.
 */
@NullMarked
package dev.tidemark.webhook.verify;

import org.jspecify.annotations.NullMarked;
