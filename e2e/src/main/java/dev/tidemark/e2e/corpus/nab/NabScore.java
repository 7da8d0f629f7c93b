package dev.tidemark.e2e.corpus.nab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The benchmark's score of a whole corpus: the one threshold that is best for all series, and where
 * that lies between doing nothing (0) and a detection at the beginning of every window (100).
 *
 * @param threshold scores from here on are detections
 */
record NabScore(double value, double threshold, int windowsHit, int windows) {
  private record Row(int series, Series.Worth worth) {}

  static NabScore of(List<Series> corpus, Profile profile) {
    List<Row> rows = new ArrayList<>();
    int windows = 0;
    double[][] best = new double[corpus.size()][];
    for (int i = 0; i < corpus.size(); i++) {
      int series = i;
      corpus.get(i).worths(profile).forEach(worth -> rows.add(new Row(series, worth)));
      best[i] = new double[corpus.get(i).windows()];
      Arrays.fill(best[i], -profile.missed());
      windows += corpus.get(i).windows();
    }
    rows.sort(Comparator.comparingDouble((Row row) -> row.worth().score()).reversed());
    double nothing = -profile.missed() * windows;
    double raw = nothing;
    double most = raw;
    double threshold = Double.POSITIVE_INFINITY;
    int hit = 0;
    int hitAtMost = 0;
    for (int i = 0; i < rows.size(); i++) {
      Series.Worth worth = rows.get(i).worth();
      if (worth.window() < 0) {
        raw += worth.value();
      } else {
        double[] ofSeries = best[rows.get(i).series()];
        double before = ofSeries[worth.window()];
        if (worth.value() > before) {
          hit += before == -profile.missed() ? 1 : 0;
          raw += worth.value() - before;
          ofSeries[worth.window()] = worth.value();
        }
      }
      boolean lastOfItsScore =
          i + 1 == rows.size() || rows.get(i + 1).worth().score() < worth.score();
      if (lastOfItsScore && raw > most) {
        most = raw;
        threshold = worth.score();
        hitAtMost = hit;
      }
    }
    double perfect = profile.hit() * windows;
    double value = windows == 0 ? 0 : 100 * (most - nothing) / (perfect - nothing);
    return new NabScore(value, threshold, hitAtMost, windows);
  }
}
