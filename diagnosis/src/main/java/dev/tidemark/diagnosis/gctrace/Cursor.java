package dev.tidemark.diagnosis.gctrace;

/** Reads a line from left to right; once something is missing nothing more is found. */
final class Cursor {
  /** Longer numbers are damage: 15 digits are a petabyte in MB, or 30,000 years in ms. */
  private static final int MOST_DIGITS = 15;

  private final String text;
  private int at;
  private boolean failed;

  Cursor(String text, int from) {
    this.text = text;
    this.at = from;
  }

  /** Goes past a text that must come next. */
  Cursor past(String expected) {
    if (!skip(expected)) {
      failed = true;
    }
    return this;
  }

  /** Goes past a text if it comes next. */
  boolean skip(String expected) {
    if (failed || !text.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  /** A whole number, 0 after a failure. */
  long whole() {
    int from = at;
    long value = 0;
    while (!failed && at < text.length() && isDigit(text.charAt(at)) && at - from < MOST_DIGITS) {
      value = value * 10 + (text.charAt(at++) - '0');
    }
    failed |= at == from || (at < text.length() && isDigit(text.charAt(at)));
    return failed ? 0 : value;
  }

  /** A number with or without a fraction, 0 after a failure. */
  double decimal() {
    double value = whole();
    if (skip(".")) {
      int from = at;
      long fraction = whole();
      value += fraction / Math.pow(10, at - from);
    }
    return failed ? 0 : value;
  }

  boolean failed() {
    return failed;
  }

  int position() {
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
