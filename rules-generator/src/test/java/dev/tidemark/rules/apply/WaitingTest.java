package dev.tidemark.rules.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long is waited for an evaluation. */
class WaitingTest {
  @Test
  void no_interval_of_a_server_makes_it_longer_than_a_person_may() {
    Waiting waiting = new Waiting(Optional.empty());
    assertThat(waiting.toEvaluate(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(70));
    for (Duration absurd :
        new Duration[] {
          Duration.ofHours(2), Duration.ofMillis(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE)
        }) {
      assertThat(waiting.toEvaluate(absurd)).isEqualTo(Duration.ofHours(1));
    }
    Duration given = Duration.ofSeconds(5);
    assertThat(new Waiting(Optional.of(given)).toEvaluate(Duration.ofHours(2))).isEqualTo(given);
  }
}
