/**
 * Makes Alertmanager's configuration from the model's routing, and shows which way every alert
 * takes through it. Depends on model and rule.
 */
@NullMarked
package dev.tidemark.rules.route;

import org.jspecify.annotations.NullMarked;
