package dev.tidemark.toolkit.prometheus;

import java.util.Map;

/**
 * Takes the samples of series as they were scraped, one series after another while they arrive.
 * What was taken counts only once the call returned.
 */
public interface RawSink {
  /** A series begins; the map is the sink's to keep. */
  void begin(Map<String, String> labels);

  /** Its next sample, in ascending time; the value may be NaN or infinite. */
  void sample(long timestampMillis, double value);

  /** From here on the series is gone until its next sample: a staleness marker. */
  void stale(long timestampMillis);

  /** The series is complete. */
  void end();
}
