package dev.tidemark.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of twelve ways to move; the table of {@code -Dcontest=true} is what the method was chosen by. */
class ForecastContestTest {
  private static final int SEEDS = 2;
  private static final int SAMPLES = 3 * 2880;

  @ParameterizedTest(name = "{0} minutes ahead")
  @ValueSource(ints = {5, 30})
  void is_nearer_than_the_last_value_and_than_the_straight_line(int minutes) {
    double last = 0;
    double line = 0;
    int n = 0;
    for (Shapes shape : Shapes.values()) {
      double ofShape = 0;
      for (int seed = 1; seed <= SEEDS; seed++) {
        Contest contest = Contest.of(shape.make(seed, SAMPLES), Duration.ofMinutes(minutes));
        last += Math.log(contest.ours() / contest.last());
        ofShape += Math.log(contest.ours() / contest.last()) / SEEDS;
        line += Math.log(contest.ours() / contest.line());
        n++;
      }
      print("%d min %-17s %.3f%n", minutes, shape, Math.exp(ofShape));
      assertThat(Math.exp(ofShape)).as("%s against its last value", shape).isLessThan(1.15);
    }
    print("all: %.3f of last value, %.3f of line%n", Math.exp(last / n), Math.exp(line / n));
    assertThat(Math.exp(last / n)).as("error over that of the last value").isLessThan(0.9);
    assertThat(Math.exp(line / n)).as("error over that of the line").isLessThan(0.85);
  }

  private static void print(String format, Object... args) {
    if (Boolean.getBoolean("contest")) {
      System.out.printf(format, args);
    }
  }
}
