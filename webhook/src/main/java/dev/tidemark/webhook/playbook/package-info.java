/**
 * What to do for an alert, read strictly from YAML: records and nothing that acts. Knows {@code
 * alert}; route, policy, step and dispatch use it.
 */
@NullMarked
package dev.tidemark.webhook.playbook;

import org.jspecify.annotations.NullMarked;
