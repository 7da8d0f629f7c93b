package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Duration FIVE = Duration.ofMinutes(5);

  private static Episode episode(String pod, int from, int to) {
    return new Episode(
        new TreeMap<>(Map.of("alertname", "A", "namespace", "n", "pod", pod)),
        Instant.ofEpochSecond(60L * from),
        Instant.ofEpochSecond(60L * to),
        false);
  }

  @Test
  void pods_that_fire_together_are_told_once_and_coming_back_is_a_flap() {
    List<Episode> all =
        List.of(
            episode("a", 0, 30), // told
            episode("b", 10, 20), // while a fires
            episode("a", 34, 40), // within the group's interval, and a flap
            episode("b", 46, 50), // told again; a flap
            episode("b", 111, 120)); // told again, later than an hour
    Tally byNamespace =
        Tally.of(all, List.of("alertname", "namespace"), FIVE, e -> Optional.of(e.from()));
    assertThat(byNamespace)
        .isEqualTo(new Tally(5, 3, 0, 2, 0, Duration.ofMinutes(4), Duration.ofMinutes(30)));
    assertThat(Tally.of(all, List.of("..."), FIVE, e -> Optional.of(e.from())).told()).isEqualTo(4);
    assertThat(Tally.of(List.of(), List.of(), FIVE, e -> Optional.of(e.from())))
        .isEqualTo(new Tally(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void what_ends_while_nobody_is_told_counts_apart_and_what_goes_on_is_told_at_the_end_of_that() {
    List<Episode> all = List.of(episode("a", 0, 30), episode("b", 10, 50), episode("c", 41, 60));
    Instant end = Instant.ofEpochSecond(60L * 40);
    Tally tally =
        Tally.of(
            all,
            List.of("alertname"),
            FIVE,
            e ->
                e.from().isAfter(end)
                    ? Optional.of(e.from())
                    : e.to().isAfter(end) ? Optional.of(end) : Optional.empty());
    assertThat(tally.episodes()).isEqualTo(3);
    assertThat(tally.muted()).isEqualTo(1);
    assertThat(tally.told()).isEqualTo(1);
  }
}
