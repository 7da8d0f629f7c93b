package dev.tidemark.exporter.exposition;

import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.signal.Signal;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The labels of the series of a snapshot, as the metrics library wants them, and the order it wants
 * them in. To make, check and sort them costs far more than to write the values, and from scrape to
 * scrape hardly any change; so each is made when it is first seen. Never changes.
 */
final class Rows {
  static final Rows NONE = new Rows(new Row[0], new Integer[0]);

  /**
   * The labels of a series.
   *
   * @param shown what they were made of: one object as long as they stay the same
   * @param withSignal for metrics that are of any signal
   */
  record Row(
      String target, Map<String, String> shown, Signal signal, Labels own, Labels withSignal) {
    static Row of(SeriesView series) {
      Labels own = JudgedMetrics.labels(series.labels());
      Signal signal = series.signal();
      Labels withSignal = own.add(MetricNames.LABEL_SIGNAL, signal.id());
      return new Row(series.target(), series.labels(), signal, own, withSignal);
    }

    @SuppressWarnings("ReferenceEquality") // equal ones would cost a comparison of all labels
    boolean isOf(SeriesView series) {
      return shown == series.labels() && signal.equals(series.signal());
    }
  }

  private final Row[] rows;
  private final Integer[] sorted;

  private Rows(Row[] rows, Integer[] sorted) {
    this.rows = rows;
    this.sorted = sorted;
  }

  /** The labels of a series, by its place in the snapshot. */
  Row get(int place) {
    return rows[place];
  }

  /** Places in the snapshot, in the order of the labels. */
  List<Integer> sorted() {
    return Arrays.asList(sorted);
  }

  /** The rows of these series, which are made anew only where they differ. */
  Rows of(List<SeriesView> series) {
    return isOf(series) ? this : next(series);
  }

  private boolean isOf(List<SeriesView> series) {
    boolean same = series.size() == rows.length;
    for (int i = 0; same && i < rows.length; i++) {
      same = rows[i].isOf(series.get(i));
    }
    return same;
  }

  /** Both are ordered by target, so one walk along both finds what was there before. */
  private Rows next(List<SeriesView> series) {
    Row[] next = new Row[series.size()];
    int[] moved = new int[rows.length];
    Arrays.fill(moved, -1);
    int before = 0;
    for (int i = 0; i < next.length; i++) {
      SeriesView view = series.get(i);
      while (before < rows.length && isGone(rows[before], view)) {
        before++;
      }
      if (before < rows.length && rows[before].isOf(view)) {
        moved[before] = i;
        next[i] = rows[before++];
      }
    }
    IntStream.range(0, next.length)
        .parallel() // after a start that is all of them
        .filter(i -> next[i] == null)
        .forEach(i -> next[i] = Row.of(series.get(i)));
    return new Rows(next, sort(next, moved));
  }

  private static boolean isGone(Row row, SeriesView view) {
    int order = row.target().compareTo(view.target());
    return order < 0 || (order == 0 && !row.isOf(view));
  }

  /** What was sorted stays in its order, which the sort is quick to notice. */
  private Integer[] sort(Row[] next, int[] moved) {
    boolean[] known = new boolean[next.length];
    Integer[] places = new Integer[next.length];
    int count = 0;
    for (Integer place : sorted) {
      int now = moved[place];
      if (now >= 0) {
        known[now] = true;
        places[count++] = now;
      }
    }
    for (int i = 0; i < next.length; i++) {
      if (!known[i]) {
        places[count++] = i;
      }
    }
    Arrays.parallelSort(places, Comparator.comparing((Integer i) -> next[i].withSignal()));
    return places;
  }
}
