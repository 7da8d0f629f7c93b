/**
 * Serving HTTP: one server with deadlines, limits, TLS, users and metrics for every program. The
 * only package of the toolkit that knows Vert.x.
 */
@NullMarked
package dev.tidemark.toolkit.web;

import org.jspecify.annotations.NullMarked;
