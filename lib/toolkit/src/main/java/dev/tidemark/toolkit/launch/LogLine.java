package dev.tidemark.toolkit.launch;

/** Writes one record of a log as fields in order; values are untrusted. */
interface LogLine {
  void field(StringBuilder line, String key, String value);

  /** The message stands in quotes in both formats. */
  void message(StringBuilder line, String text);

  void open(StringBuilder line);

  void close(StringBuilder line);
}
