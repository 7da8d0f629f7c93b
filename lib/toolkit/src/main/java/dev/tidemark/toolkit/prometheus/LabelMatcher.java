package dev.tidemark.toolkit.prometheus;

/**
 * What a label of a series has to be; one that is not there counts as empty.
 *
 * @param value a text, or a regular expression as Prometheus reads it
 */
public record LabelMatcher(String label, Operator operator, String value) {
  /** With their numbers in remote read (prompb/types.proto, LabelMatcher.Type). */
  public enum Operator {
    EQUAL(0, "="),
    NOT_EQUAL(1, "!="),
    MATCHES(2, "=~"),
    MATCHES_NOT(3, "!~");

    private final int number;
    private final String text;

    Operator(int number, String text) {
      this.number = number;
      this.text = text;
    }

    int number() {
      return number;
    }

    /** As it stands in a selector. */
    public String text() {
      return text;
    }
  }
}
