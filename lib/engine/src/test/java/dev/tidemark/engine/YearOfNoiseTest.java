package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A year of simulated healthy noise, a sample every half hour: the share outside stays what it was
 * in the first quarter, for it is what freezing and forgetting could make worse month by month.
 */
class YearOfNoiseTest {
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long SEED = 9;

  /** What healthy services look like; the most that may be outside in any month. */
  enum Noise {
    WHITE(0.01),
    HEAVY_TAILS(0.01),
    WANDER_OF_AN_HOUR_ON_A_RHYTHM(0.03),
    WANDER_OF_A_DAY(0.1),
    WEEKS_WITH_QUIET_WEEKENDS(0.15),
    BATCH_EVERY_NIGHT(0.03),
    BATCH_EVERY_SUNDAY(0.03),
    SAWTOOTH(0.01),
    COUNTS_OF_0_TO_5(0.02),
    REGIMES_OF_DAYS(0.15),
    RESTARTS_EVERY_SIX_HOURS(0.01);

    private final double most;

    Noise(double most) {
      this.most = most;
    }

    LongToDoubleFunction of(Random random) {
      double[] drift = {0};
      return switch (this) {
        case WHITE -> t -> 500 + 40 * random.nextGaussian();
        case HEAVY_TAILS -> t -> 500 * Math.exp(0.5 * random.nextGaussian());
        case WANDER_OF_AN_HOUR_ON_A_RHYTHM ->
            t -> 500 + 100 * day(t) + wander(drift, random, 2, 25) + 10 * random.nextGaussian();
        case WANDER_OF_A_DAY -> t -> 500 + wander(drift, random, 48, 40);
        case WEEKS_WITH_QUIET_WEEKENDS ->
            t -> 200 + (free(t) ? 0.5 : 1) * (200 + 100 * day(t)) + 10 * random.nextGaussian();
        case BATCH_EVERY_NIGHT ->
            t -> (t % DAY < 2 * HOUR ? 800 : 400) + 10 * random.nextGaussian();
        case BATCH_EVERY_SUNDAY ->
            t -> (t % (7 * DAY) > 7 * DAY - 3 * HOUR ? 800 : 400) + 10 * random.nextGaussian();
        case SAWTOOTH -> t -> 400 + 300.0 * (t % (5 * HOUR)) / (5 * HOUR);
        case COUNTS_OF_0_TO_5 -> t -> Math.round(2.5 + 0.8 * random.nextGaussian());
        case REGIMES_OF_DAYS -> {
          double[] level = {500};
          yield t -> {
            level[0] = random.nextInt(130) == 0 ? 300 + 200 * random.nextInt(3) : level[0];
            return level[0] + 10 * random.nextGaussian();
          };
        }
        case RESTARTS_EVERY_SIX_HOURS ->
            t ->
                500 * (1 - 0.6 * Math.exp(-(t % (6 * HOUR)) / (0.5 * HOUR)))
                    + random.nextGaussian();
      };
    }

    private static double day(long t) {
      return Math.sin(2 * Math.PI * t / DAY);
    }

    private static boolean free(long t) {
      return t / DAY % 7 >= 5;
    }

    private static double wander(double[] drift, Random random, double steps, double sd) {
      double keep = Math.exp(-1 / steps);
      drift[0] = keep * drift[0] + sd * Math.sqrt(1 - keep * keep) * random.nextGaussian();
      return drift[0];
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void a_year_of_healthy_noise_does_not_ratchet(Noise noise) {
    Feed feed =
        new Feed(
            new Judge(new SeriesShape(Side.BOTH, Reduce.MEDIAN, 0), JudgeConfig.defaults(STEP)),
            STEP);
    long first = feed.now;
    LongToDoubleFunction value = noise.of(new Random(SEED));
    LongToDoubleFunction since = t -> value.applyAsDouble(feed.now - first);
    feed.run(Duration.ofDays(14), since);
    List<Double> shares = new ArrayList<>();
    for (int month = 0; month < 13; month++) {
      feed.reset().run(Duration.ofDays(28), since);
      shares.add(feed.outside / (double) feed.observed);
    }
    assertThat(shares).as("share outside by month, seed %d", SEED).allMatch(s -> s < noise.most);
    assertThat(mean(shares.subList(10, 13)))
        .as("last quarter of %s, seed %d", shares, SEED)
        .isLessThan(mean(shares.subList(0, 3)) + noise.most / 4);
  }

  private static double mean(List<Double> shares) {
    return shares.stream().mapToDouble(s -> s).average().orElseThrow();
  }
}
