/**
 * Who may do what: the roles of the config, and how far the listening addresses reach. Pure
 * functions; depends on nothing of ours but the YAML annotations, and app, policy and page use it.
 */
@NullMarked
package dev.tidemark.webhook.access;

import org.jspecify.annotations.NullMarked;
