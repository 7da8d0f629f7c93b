package dev.tidemark.exporter.page;

import dev.tidemark.exporter.fleet.SeriesView;

/**
 * Names a series, as {@code goroutines{instance="a:1",job="api"}}; ordered by target, then signal,
 * so what follows a series is known when that series is gone.
 */
record SeriesId(String signal, String target) implements Comparable<SeriesId> {
  static SeriesId of(SeriesView view) {
    return new SeriesId(view.signal().id(), view.target());
  }

  /** Of any text; one that is no id names nothing. */
  static SeriesId parse(String text) {
    int brace = text.indexOf('{');
    return brace < 0 || !text.endsWith("}")
        ? new SeriesId("", text)
        : new SeriesId(text.substring(0, brace), text.substring(brace + 1, text.length() - 1));
  }

  @Override
  public int compareTo(SeriesId other) {
    int byTarget = target.compareTo(other.target);
    return byTarget != 0 ? byTarget : signal.compareTo(other.signal);
  }

  @Override
  public String toString() {
    return signal + '{' + target + '}';
  }
}
