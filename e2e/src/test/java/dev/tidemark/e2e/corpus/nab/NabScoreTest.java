package dev.tidemark.e2e.corpus.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NabScoreTest {
  private static final List<Profile> PROFILES =
      List.of(Profile.STANDARD, Profile.LOW_FALSE_POSITIVES, Profile.LOW_FALSE_NEGATIVES);

  /** 2 / (1 + e^-5) - 1: what a detection at the first row of a window is divided by. */
  private static final double MOST = 0.9866142981514305;

  @Test
  void a_detection_at_the_first_row_of_every_window_is_a_hundred() {
    for (Profile profile : PROFILES) {
      double[] scores = new double[1000];
      scores[300] = 1;
      scores[700] = 1;
      assertThat(NabScore.of(List.of(series(scores)), profile).value())
          .as(profile.name())
          .isCloseTo(100, within(1e-9));
    }
  }

  @Test
  void a_detector_that_says_nothing_or_always_the_same_is_zero() {
    for (Profile profile : PROFILES) {
      assertThat(NabScore.of(List.of(series(new double[1000])), profile).value()).isZero();
      double[] same = new double[1000];
      Arrays.fill(same, 0.5);
      assertThat(NabScore.of(List.of(series(same)), profile).value()).isZero();
    }
  }

  @Test
  void a_late_detection_is_worth_less_by_the_sigmoid() {
    double[] scores = new double[1000];
    scores[350] = 1; // the first half of the window is over
    scores[700] = 1;
    // position -(399 - 350 + 1) / 100 = -0.5
    double late = (2 / (1 + Math.exp(-2.5)) - 1) / MOST;
    NabScore score = NabScore.of(List.of(series(scores)), Profile.STANDARD);
    assertThat(score.value()).isCloseTo(100 * (late + 1 + 2) / 4, within(1e-9));
    assertThat(score.windowsHit()).isEqualTo(2);
    assertThat(score.threshold()).isEqualTo(1);
  }

  @Test
  void a_wrong_detection_costs_its_weight_and_less_right_behind_a_window() {
    double[] scores = new double[1000];
    scores[300] = 1;
    scores[700] = 1;
    scores[200] = 1; // before any window: the whole weight
    NabScore before = NabScore.of(List.of(series(scores)), Profile.STANDARD);
    assertThat(before.value()).isCloseTo(100 * (4 - 0.11) / 4, within(1e-9));
    scores[200] = 0;
    scores[404] = 1; // five rows behind a window of a hundred
    double near = 1 - 2 / (1 + Math.exp(5 * 5.0 / 99));
    NabScore behind = NabScore.of(List.of(series(scores)), Profile.STANDARD);
    assertThat(behind.value()).isCloseTo(100 * (4 - 0.11 * near) / 4, within(1e-9));
  }

  @Test
  void only_the_best_detection_of_a_window_counts() {
    double[] scores = new double[1000];
    scores[300] = 1;
    scores[301] = 1;
    scores[399] = 1;
    scores[700] = 1;
    assertThat(NabScore.of(List.of(series(scores)), Profile.STANDARD).value())
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void the_first_rows_are_for_learning() {
    assertThat(Series.probation(1000)).isEqualTo(150);
    assertThat(Series.probation(22_000)).isEqualTo(750);
    double[] scores = new double[1000];
    Arrays.fill(scores, 0, 150, 1);
    scores[300] = 1;
    scores[700] = 1;
    assertThat(NabScore.of(List.of(series(scores)), Profile.STANDARD).value())
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void the_threshold_is_the_best_of_all() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<Series> corpus = new ArrayList<>();
      List<double[]> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        double[] scores = random.doubles(400).map(x -> Math.rint(x * 20)).toArray();
        all.add(scores);
        corpus.add(new Series(scores, List.of(new Series.Window(100, 140))));
      }
      NabScore score = NabScore.of(corpus, Profile.STANDARD);
      double best = 0;
      for (int t = 0; t <= 20; t++) {
        best = Math.max(best, fixed(all, t));
      }
      assertThat(score.value()).as("seed " + seed).isCloseTo(best, within(1e-9));
    }
  }

  /** The score with one threshold, counted the long way. */
  private static double fixed(List<double[]> all, double threshold) {
    List<Series> corpus =
        all.stream()
            .map(scores -> Arrays.stream(scores).map(x -> x >= threshold ? 1 : 0).toArray())
            .map(scores -> new Series(scores, List.of(new Series.Window(100, 140))))
            .toList();
    return NabScore.of(corpus, Profile.STANDARD).value();
  }

  private static Series series(double[] scores) {
    return new Series(scores, List.of(new Series.Window(300, 399), new Series.Window(700, 799)));
  }
}
