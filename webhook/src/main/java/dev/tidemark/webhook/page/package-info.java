/**
 * What people and programs read of the journal: HTML pages and the JSON API, and the few things
 * they may tell the webhook. Knows alert, journal, evidence, access, which finding {@code
 * step.notify} tells people, and Vert.x; nothing depends on it but the app.
 */
@NullMarked
package dev.tidemark.webhook.page;

import org.jspecify.annotations.NullMarked;
