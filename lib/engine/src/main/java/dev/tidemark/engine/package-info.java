/**
 * Judges one series: numbers in, a judgement with its reason out. The records of its border are
 * here, the arithmetic is in the packages below; it depends on no library and no other module.
 */
@NullMarked
package dev.tidemark.engine;

import org.jspecify.annotations.NullMarked;
