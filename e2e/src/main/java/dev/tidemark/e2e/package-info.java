/**
 * Runs Tidemark's programs against real servers: the demo people watch and the harness the
 * end-to-end tests stand on. Nobody depends on it; it talks to the programs as a user does, by
 * files and HTTP.
 */
@NullMarked
package dev.tidemark.e2e;

import org.jspecify.annotations.NullMarked;
