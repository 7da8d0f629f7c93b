/**
 * Alerts on what targets run on and whether they can be seen at all: nodes, kubelets, scrapes. One
 * maker a file, on top of rule; only the catalogue depends on it.
 */
@NullMarked
package dev.tidemark.rules.rule.platform;

import org.jspecify.annotations.NullMarked;
