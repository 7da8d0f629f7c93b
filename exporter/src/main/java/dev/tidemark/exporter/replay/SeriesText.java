package dev.tidemark.exporter.replay;

import dev.tidemark.engine.Measure;
import java.nio.charset.StandardCharsets;

/**
 * What is printed of a series: its labels, what it is measured in, and its numbers as they were
 * printed last.
 */
final class SeriesText {
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

  final byte[] labels;
  final Measure measure;
  final Printed expected = new Printed();
  final Printed upper = new Printed();
  final Printed lower = new Printed();
  final Printed score = new Printed();
  final Printed growth = new Printed();

  SeriesText(byte[] labels, Measure measure) {
    this.labels = labels;
    this.measure = measure;
  }
}
