/** Makes Alertmanager's configuration from the model's routing. Depends on the model only. */
@NullMarked
package dev.tidemark.rules.route;

import org.jspecify.annotations.NullMarked;
