/**
 * The demo: a leak from its first goroutine to the closed episode, told on screen. Uses every other
 * package of this module; nothing uses it but the command and its test.
 */
@NullMarked
package dev.tidemark.e2e.demo;

import org.jspecify.annotations.NullMarked;
