/**
 * Finds the playbook of an alert, and the target it means. Pure; knows {@code alert} and {@code
 * playbook}; dispatch asks it.
 */
@NullMarked
package dev.tidemark.webhook.route;

import org.jspecify.annotations.NullMarked;
