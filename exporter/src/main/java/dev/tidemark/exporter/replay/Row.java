package dev.tidemark.exporter.replay;

import org.jspecify.annotations.Nullable;

/** A row of the input as it stands there; filled anew for each, valid until the next. */
final class Row {
  byte[] text = {};
  int timeFrom;
  int timeTo;
  int seriesFrom;
  int seriesTo;
  int valueFrom;
  int valueTo;

  /** Why it cannot be judged, whatever its time and value; null where it can. */
  @Nullable String refused;

  /** Refused because it was taken for something else than a sample to judge. */
  boolean fact;

  void clear(byte[] buffer) {
    text = buffer;
    timeFrom = 0;
    timeTo = 0;
    seriesFrom = 0;
    seriesTo = 0;
    valueFrom = 0;
    valueTo = 0;
    refused = null;
    fact = false;
  }

  void time(int from, int to) {
    timeFrom = from;
    timeTo = to;
  }

  void series(int from, int to) {
    seriesFrom = from;
    seriesTo = to;
  }

  void value(int from, int to) {
    valueFrom = from;
    valueTo = to;
  }
}
