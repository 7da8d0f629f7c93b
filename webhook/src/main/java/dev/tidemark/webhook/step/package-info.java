/**
 * One action of a playbook: what it is about to do, doing it, and finding out after a crash whether
 * it was done. Knows {@code playbook}, {@code evidence} and the journal's records; one package a
 * kind; only dispatch runs steps.
 */
@NullMarked
package dev.tidemark.webhook.step;

import org.jspecify.annotations.NullMarked;
