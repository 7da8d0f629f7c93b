package dev.tidemark.rules.format;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * A scalar of a file that holds an expression.
 *
 * @param value what it says
 * @param start index of its first character: a quote, a letter or the sign of a block
 * @param end index after its last; of a block the start of some later line
 * @param line from 0
 * @param column from 0
 * @param keyColumn of its key, from 0
 * @param flow whether it stands in braces or brackets
 * @param marked whether it has an anchor or a tag
 */
record Slot(
    String value,
    int start,
    int end,
    int line,
    int column,
    int keyColumn,
    boolean flow,
    boolean marked,
    ScalarStyle style) {

  boolean isBlock() {
    return style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
  }
}
