/**
 * Takes notifications in: reads Alertmanager's payload, hands it to the journal and answers only
 * once it is on disk. Knows alert, journal and Vert.x; nothing depends on it but the app.
 */
@NullMarked
package dev.tidemark.webhook.intake;

import org.jspecify.annotations.NullMarked;
