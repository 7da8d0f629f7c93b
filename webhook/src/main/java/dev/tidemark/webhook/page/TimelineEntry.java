package dev.tidemark.webhook.page;

import java.time.Instant;

/**
 * One thing that happened to an episode.
 *
 * @param kind {@code received}, {@code decision}, {@code plan}, {@code approval}, {@code step},
 *     {@code verification}, {@code evidence}, {@code finding}, {@code outcome}, {@code resolved}
 * @param state one word that says how it went: {@code run}, {@code ok}, {@code failed} …
 * @param title what it is about: the policy, the step, the file
 * @param text one sentence
 */
record TimelineEntry(Instant at, String kind, String state, String title, String text) {}
