package dev.tidemark.toolkit.prometheus;

import java.util.Map;

/**
 * Takes the series of a range query one after another while they arrive. What was taken counts only
 * once the query returned: an answer can break off, and its warnings come last.
 */
public interface SeriesSink {
  /** A series begins; the map is the sink's to keep. */
  void begin(Map<String, String> labels);

  /** Its next sample, in ascending time; the value may be NaN or infinite. */
  void sample(long timestampMillis, double value);

  /** The series is complete. */
  void end();
}
