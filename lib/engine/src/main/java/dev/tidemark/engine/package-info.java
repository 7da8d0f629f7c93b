/** Judges one series: numbers in, a judgement with its reason out. Knows no library. */
@NullMarked
package dev.tidemark.engine;

import org.jspecify.annotations.NullMarked;
