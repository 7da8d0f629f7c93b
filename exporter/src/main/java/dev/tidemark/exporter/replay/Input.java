package dev.tidemark.exporter.replay;

import java.io.IOException;
import java.util.List;

/** Rows of one format. */
interface Input {
  /** Names of the labels, in the order of the columns. */
  List<String> labels();

  /** Fills in the next row; false at the end. */
  boolean next(Row row) throws IOException;

  /**
   * The label values of a row, one a column, empty where it has none; what makes two rows of one
   * series.
   */
  List<String> values(Row row);

  /** When processes of a series started, epoch milliseconds, ascending; empty where nobody told. */
  long[] starts(List<String> values);

  /** Bytes read so far, after decompression. */
  long bytesRead();
}
