package dev.tidemark.exporter.source;

/** The source answered, and said itself that something is missing from it. */
public final class PartialAnswerException extends Exception {
  private static final long serialVersionUID = 1;

  PartialAnswerException(String warnings) {
    super(warnings);
  }
}
