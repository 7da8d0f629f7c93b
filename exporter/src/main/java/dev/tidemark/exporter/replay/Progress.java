package dev.tidemark.exporter.replay;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says on a terminal how far a replay has come, and at the end what was rejected. */
public final class Progress {
  private static final int ROWS_BETWEEN_LOOKS = 4096;
  private static final long BETWEEN_LINES = 500_000_000L;

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier nanos;
  private long next;

  /**
   * @param terminal whether a line may be written over
   */
  public Progress(PrintWriter err, boolean terminal, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
    this.next = nanos.getAsLong() + BETWEEN_LINES;
  }

  /** A remark that a reader of the output should know. */
  void say(String text) {
    err.println(text);
    err.flush();
  }

  void row(long rows, long bytes) {
    if (!terminal || rows % ROWS_BETWEEN_LOOKS != 0 || nanos.getAsLong() - next < 0) {
      return;
    }
    next = nanos.getAsLong() + BETWEEN_LINES;
    err.printf(Locale.ROOT, "\r%,d rows, %,d MB", rows, bytes >> 20);
    err.flush();
  }

  /**
   * What became of rows.
   *
   * @param facts that were taken for process starts
   */
  record Count(long judged, long rejected, long facts) {}

  void done(Count count, int series) {
    if (terminal) {
      err.print("\r");
    }
    if (terminal || count.rejected() > 0) {
      err.printf(
          Locale.ROOT,
          "%,d rows of %,d series judged, %,d rejected (see their reason)",
          count.judged(),
          series,
          count.rejected());
      if (count.facts() > 0) {
        err.printf(Locale.ROOT, ", %,d read as process starts", count.facts());
      }
      err.println();
    }
    err.flush();
  }
}
