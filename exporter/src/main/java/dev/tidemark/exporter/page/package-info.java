/**
 * What people and scripts read: the page, the series as JSON, health and reload. The only package
 * that knows HTTP requests; it reads snapshots and asks the app to reload.
 */
@NullMarked
package dev.tidemark.exporter.page;

import org.jspecify.annotations.NullMarked;
