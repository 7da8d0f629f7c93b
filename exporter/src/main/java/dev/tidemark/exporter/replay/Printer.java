package dev.tidemark.exporter.replay;

import dev.tidemark.engine.Judgement;
import java.io.IOException;
import java.util.List;

/** Prints one row for each row of the input, in one format. */
interface Printer {
  /** What is printed behind timestamp, labels and value. */
  List<String> COLUMNS =
      List.of("expected", "upper", "lower", "score", "growth", "leak_state", "reason");

  /** Prints the header, where there is one and no row brought it yet. */
  void header() throws IOException;

  /** The labels of a series as they are printed with each of its rows. */
  byte[] labels(List<String> values);

  void judged(Row row, SeriesText series, Judgement judgement) throws IOException;

  /** A row that is not judged keeps what it held and why. */
  void rejected(Row row, byte[] labels, String reason) throws IOException;

  void flush() throws IOException;

  /** The name of a label's column, which must not be one of ours. */
  static String column(String label) {
    boolean ours = COLUMNS.contains(label) || label.equals("timestamp") || label.equals("value");
    return ours ? "exported_" + label : label;
  }
}
