package dev.tidemark.e2e.corpus.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.e2e.corpus.data.Leak;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.data.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final double HOUR = 3600;
  private static final double LEARNT = 2 * HOUR;
  private static final Score.Span WEEK = new Score.Span(0, 7 * 24 * HOUR);

  @Test
  void a_leak_that_is_found_counts_from_its_first_true_episode() {
    Score score = score(leaking(24, 48), episode("goroutines", 30), episode("heap_live", 26));
    assertThat(score.found()).isEqualTo(1);
    assertThat(score.medianLead()).isCloseTo(22, within(1e-9));
    assertThat(score.falseEpisodes()).isZero();
    assertThat(score.precision()).isEqualTo(1);
    assertThat(score.byHalf()).isEqualTo(1);
    assertThat(score.longEnough()).isEqualTo(1);
  }

  @Test
  void what_is_said_before_the_leak_is_false_even_when_it_goes_on() {
    Score score = score(leaking(24, 48), new Episode("p", "goroutines", 20 * HOUR, 40 * HOUR));
    assertThat(score.found()).isZero();
    assertThat(score.falseEpisodes()).isEqualTo(1);
    assertThat(score.medianLead()).isNaN();
  }

  @Test
  void what_is_said_after_the_limit_finds_nothing_and_is_not_false() {
    Score score = score(leaking(24, 48), episode("goroutines", 49));
    assertThat(score.found()).isZero();
    assertThat(score.falseEpisodes()).isZero();
    assertThat(score.recall()).isZero();
  }

  @Test
  void a_signal_that_the_leak_leaves_alone_is_false() {
    Score score = score(leaking(24, 48), episode("open_fds_ratio", 30));
    assertThat(score.found()).isZero();
    assertThat(score.falseEpisodes()).isEqualTo(1);
  }

  @Test
  void every_episode_of_a_healthy_target_is_false() {
    Score score = score(target(null), episode("goroutines", 3), episode("goroutines", 90));
    assertThat(score.falseEpisodes()).isEqualTo(2);
    assertThat(score.healthyDays()).isCloseTo(2 * (7 - 2 / 24.0), within(1e-9));
    assertThat(score.falseADay()).isCloseTo(1 / (7 - 2 / 24.0), within(1e-9));
  }

  @Test
  void half_of_the_time_is_asked_only_of_leaks_with_an_hour_that_were_recorded_so_far() {
    assertThat(score(leaking(24, 24.9)).longEnough()).isZero();
    assertThat(score(leaking(100, 300)).longEnough()).as("half is after the recording").isZero();
    assertThat(score(leaking(100, 300), episode("goroutines", 120)).byHalf()).isEqualTo(1);
    Score late = score(leaking(24, 48), episode("goroutines", 37));
    assertThat(late.longEnough()).isEqualTo(1);
    assertThat(late.byHalf()).isZero();
    assertThat(late.found()).isEqualTo(1);
  }

  @Test
  void only_the_time_before_a_leak_can_hold_false_episodes() {
    assertThat(score(leaking(24, 48)).healthyDays()).isCloseTo(2 * 22 / 24.0, within(1e-9));
  }

  @Test
  void what_is_said_while_learning_is_counted_apart() {
    Score score = score(target(null), episode("goroutines", 1), episode("goroutines", 3));
    assertThat(score.falseEpisodes()).isEqualTo(1);
    assertThat(score.learning()).isEqualTo(1);
  }

  private static Score score(Target target, Episode... episodes) {
    Contender judge = new Contender("judge", List.of("goroutines", "heap_live"), List.of(episodes));
    return Score.of(judge, List.of(target), Map.of("p", WEEK), LEARNT);
  }

  private static Episode episode(String signal, double hour) {
    return new Episode("p", signal, hour * HOUR, (hour + 1) * HOUR);
  }

  private static Target leaking(double start, double end) {
    List<String> raises = List.of("goroutines", "heap_live");
    return target(
        new Leak("chan", "goroutines", raises, start * HOUR, 1, 1, "goroutines", end * HOUR, true));
  }

  private static Target target(@Nullable Leak leak) {
    return new Target("p", "w", Map.of("pod", "p"), "flat", "", 1, Part.TEST, false, leak);
  }
}
