/**
 * What Alertmanager says: a notification and the alerts in it, as checked values. Knows nothing;
 * every other package of the webhook may use it.
 */
@NullMarked
package dev.tidemark.webhook.alert;

import org.jspecify.annotations.NullMarked;
