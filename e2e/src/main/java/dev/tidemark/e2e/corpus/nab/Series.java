package dev.tidemark.e2e.corpus.nab;

import java.util.ArrayList;
import java.util.List;

/** A series of the benchmark with its windows and what a detector thinks of each row. */
final class Series {
  /** A share of the rows is for learning, and of the first so many at most. */
  private static final double PROBATION = 0.15;

  private static final int PROBATION_OF = 5000;

  /** A detection later after a window than so many of its widths is as wrong as any. */
  private static final double FAR = 3;

  private final double[] scores;
  private final List<Window> windows;

  /** Rows of an anomaly, both ends included. */
  record Window(int first, int last) {
    int width() {
      return last - first + 1;
    }
  }

  /**
   * @param scores of the rows, larger is stranger
   * @param windows ascending and apart
   */
  Series(double[] scores, List<Window> windows) {
    this.scores = scores.clone();
    this.windows = List.copyOf(windows);
  }

  int windows() {
    return windows.size();
  }

  /** What one row is worth when it is a detection, and of which window; -1 is of none. */
  record Worth(double score, int window, double value) {}

  /** The rows that count, in order. */
  List<Worth> worths(Profile profile) {
    List<Worth> worths = new ArrayList<>();
    int next = 0;
    for (int row = 0; row < scores.length; row++) {
      while (next < windows.size() && windows.get(next).last() < row) {
        next++;
      }
      if (row < probation(scores.length)) {
        continue;
      }
      boolean inside = next < windows.size() && row >= windows.get(next).first();
      double value =
          inside
              ? profile.hit() * early(windows.get(next), row)
              : -profile.wrong() * late(next, row);
      worths.add(new Worth(scores[row], inside ? next : -1, value));
    }
    return worths;
  }

  static int probation(int rows) {
    return (int) Math.min(Math.floor(PROBATION * rows), PROBATION * PROBATION_OF);
  }

  /** 1 at the beginning of a window, near 0 at its end. */
  private static double early(Window window, int row) {
    double position = -(double) (window.last() - row + 1) / window.width();
    return sigmoid(position) / sigmoid(-1);
  }

  /** Near 0 right behind a window, 1 far behind one or where none was. */
  private double late(int next, int row) {
    if (next == 0) {
      return 1;
    }
    Window before = windows.get(next - 1);
    double position = (double) (row - before.last()) / Math.max(1, before.width() - 1);
    return position > FAR ? 1 : -sigmoid(position);
  }

  /** From 1 to -1. */
  private static double sigmoid(double position) {
    return 2 / (1 + Math.exp(5 * position)) - 1;
  }
}
