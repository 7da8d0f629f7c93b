/**
 * Whether a playbook may run now: pure functions of facts and the time that answer run, wait or
 * refuse with a reason. Knows {@code playbook} and the journal's records; dispatch gathers the
 * facts and stores the answers.
 */
@NullMarked
package dev.tidemark.webhook.policy;

import org.jspecify.annotations.NullMarked;
