/**
 * The list of every alert that a specification can use. Knows all packages of makers below rule;
 * rule itself is handed the list.
 */
@NullMarked
package dev.tidemark.rules.catalogue;

import org.jspecify.annotations.NullMarked;
