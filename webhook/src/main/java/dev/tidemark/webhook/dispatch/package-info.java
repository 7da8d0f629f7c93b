/**
 * Runs playbooks: plans, asks the policies, runs steps, verifies, ends. The only package that
 * changes state; it knows journal, route, policy, playbook, step, recheck and verify, and nobody
 * knows it but the program's wiring.
 */
@NullMarked
package dev.tidemark.webhook.dispatch;

import org.jspecify.annotations.NullMarked;
