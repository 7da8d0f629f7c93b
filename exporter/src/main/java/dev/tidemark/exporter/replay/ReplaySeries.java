package dev.tidemark.exporter.replay;

import dev.tidemark.engine.Judge;

/** One series of a recording: its judge, when its processes started, and its text. */
final class ReplaySeries {
  final Judge judge;
  final SeriesText text;
  private final long[] starts;
  private int started = -1;

  ReplaySeries(Judge judge, SeriesText text, long[] starts) {
    this.judge = judge;
    this.text = text;
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
