package dev.tidemark.rules.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.history.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which episodes were no noise, and when another alert sees them. */
class MatteredTest {
  private static final Duration NEAR = Duration.ofMinutes(10);

  private static SortedMap<String, String> labels(String... pairs) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      labels.put(pairs[i], pairs[i + 1]);
    }
    return labels;
  }

  private static Instant at(long minute) {
    return Instant.ofEpochSecond(minute * 60);
  }

  private static Episode episode(SortedMap<String, String> labels, long from, long to) {
    return new Episode(labels, at(from), at(to), false);
  }

  @Test
  void a_death_belongs_to_the_alert_of_its_own_target_about_that_time() {
    Death death = new Death(labels("namespace", "n", "pod", "a", "container", "c"), at(100), true);
    assertThat(
            death.isToldBy(
                episode(labels("namespace", "n", "pod", "a"), 50, 95), NEAR, Duration.ZERO))
        .isTrue();
    assertThat(
            death.isToldBy(
                episode(labels("namespace", "n", "pod", "a"), 50, 80), NEAR, Duration.ZERO))
        .isFalse();
    assertThat(
            death.isToldBy(
                episode(labels("namespace", "n", "pod", "a"), 105, 120), NEAR, Duration.ZERO))
        .isTrue();
    assertThat(
            death.isToldBy(
                episode(labels("namespace", "n", "pod", "a"), 115, 120), NEAR, Duration.ZERO))
        .isFalse();
    assertThat(
            death.isToldBy(
                episode(labels("namespace", "n", "pod", "b"), 50, 150), NEAR, Duration.ZERO))
        .isFalse();
    assertThat(death.isToldBy(episode(labels("namespace", "m"), 50, 150), NEAR, Duration.ZERO))
        .isFalse();
    assertThat(
            death.isToldBy(
                episode(labels("namespace", "n", "workload", "w"), 50, 150), NEAR, Duration.ZERO))
        .as("an alert of the whole workload")
        .isTrue();
    assertThat(death.isToldBy(episode(labels("instance", "a:1"), 50, 150), NEAR, Duration.ZERO))
        .as("nothing in common")
        .isFalse();
  }

  @Test
  void what_foretells_a_death_matters_for_as_long_as_it_says() {
    SortedMap<String, String> a = labels("instance", "a:1");
    List<Episode> episodes = List.of(episode(a, 50, 80));
    List<Death> died = List.of(new Death(a, at(300), true));
    assertThat(Mattered.of(episodes, List.of(), died, NEAR, Duration.ZERO)).isEmpty();
    assertThat(Mattered.of(episodes, List.of(), died, NEAR, Duration.ofMinutes(219))).isEmpty();
    List<Mattered> foretold = Mattered.of(episodes, List.of(), died, NEAR, Duration.ofMinutes(220));
    assertThat(foretold).hasSize(1);
    assertThat(foretold.get(0).late(List.of(episode(a, 60, 80)))).contains(Duration.ofMinutes(10));
    assertThat(foretold.get(0).late(List.of())).isEmpty();
  }

  @Test
  void an_alert_after_the_death_is_too_late_and_one_in_another_life_is_another() {
    SortedMap<String, String> a = labels("instance", "a:1");
    List<Mattered> all =
        Mattered.of(
            List.of(episode(a, 50, 120)),
            List.of(),
            List.of(new Death(a, at(100), false)),
            NEAR,
            Duration.ZERO);
    assertThat(all).hasSize(1);
    Mattered one = all.get(0);
    assertThat(one.late(List.of(episode(a, 70, 120)))).contains(Duration.ofMinutes(20));
    assertThat(one.late(List.of(episode(a, 40, 120)))).contains(Duration.ZERO);
    assertThat(one.late(List.of(episode(a, 100, 120)))).isEmpty();
    assertThat(one.late(List.of(episode(a, 10, 20), episode(a, 130, 150)))).isEmpty();
    assertThat(one.late(List.of(episode(labels("instance", "b:1"), 50, 120)))).isEmpty();
    assertThat(one.why()).isEqualTo("started again at 1970-01-01T01:40:00Z");
  }

  @Test
  void nobody_marked_and_nothing_died_is_noise() {
    SortedMap<String, String> a = labels("instance", "a:1");
    Keep keep = Keep.parse("1970-01-01T01:00:00Z instance=a:1");
    List<Episode> episodes = List.of(episode(a, 50, 70), episode(a, 80, 90));
    assertThat(Mattered.of(episodes, List.of(keep), List.of(), NEAR, Duration.ZERO))
        .extracting(Mattered::episode)
        .containsExactly(episodes.get(0));
    assertThat(Mattered.of(episodes, List.of(), List.of(), NEAR, Duration.ZERO)).isEmpty();
  }
}
