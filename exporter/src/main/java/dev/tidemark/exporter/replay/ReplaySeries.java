package dev.tidemark.exporter.replay;

import dev.tidemark.engine.Judge;
import java.nio.charset.StandardCharsets;

/** One series of a recording: its judge, when its processes started, and its text. */
final class ReplaySeries {
  /** A number's text, kept because most change rarely. */
  static final class Printed {
    private static final byte[] UNKNOWN = {};
    private double value = Double.NaN;
    private byte[] text = UNKNOWN;

    /** Empty for NaN. */
    byte[] of(double other) {
      if (Double.doubleToRawLongBits(other) != Double.doubleToRawLongBits(value)) {
        value = other;
        text =
            Double.isNaN(other)
                ? UNKNOWN
                : Decimals.print(other).getBytes(StandardCharsets.US_ASCII);
      }
      return text;
    }
  }

  final Judge judge;
  final byte[] labels;
  final Printed expected = new Printed();
  final Printed upper = new Printed();
  final Printed lower = new Printed();
  final Printed score = new Printed();
  final Printed growth = new Printed();
  private final long[] starts;
  private int started = -1;

  ReplaySeries(Judge judge, byte[] labels, long[] starts) {
    this.judge = judge;
    this.labels = labels;
    this.starts = starts;
  }

  /** When the process of a time started, 0 where nobody told; times ascend. */
  long startAt(long millis) {
    while (started + 1 < starts.length && starts[started + 1] <= millis) {
      started++;
    }
    return started < 0 ? 0 : starts[started];
  }
}
