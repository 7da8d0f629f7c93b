package dev.tidemark.e2e.corpus.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TracerTest {
  private static final double MINUTE = 60;

  @Test
  void an_alert_waits_for_its_patience_and_begins_then() {
    assertThat(traced(5, 1, 10, 11, 12, 13, 14, 15, 16)).containsExactly(episode(15, 16));
  }

  @Test
  void what_does_not_hold_so_long_is_nothing() {
    assertThat(traced(5, 1, 10, 11, 12, 13, 14)).isEmpty();
  }

  @Test
  void one_evaluation_without_an_answer_starts_the_wait_again() {
    assertThat(traced(5, 1, 10, 11, 12, 14, 15, 16, 17, 18)).isEmpty();
  }

  @Test
  void a_silence_within_the_tolerance_is_none() {
    assertThat(traced(5, 5, 10, 12, 17)).containsExactly(episode(15, 17));
  }

  @Test
  void episodes_less_than_an_hour_apart_are_one() {
    assertThat(traced(0, 1, 10, 60, 119, 180)).containsExactly(episode(10, 119), episode(180, 180));
  }

  @Test
  void signals_and_pods_are_apart() {
    Tracer tracer = new Tracer(0, MINUTE);
    tracer.holds("a", "goroutines", 0);
    tracer.holds("a", "rss", 0);
    tracer.holds("b", "rss", 0);
    assertThat(tracer.episodes()).hasSize(3);
  }

  private static List<Episode> traced(double patience, double tolerance, double... minutes) {
    Tracer tracer = new Tracer(patience * MINUTE, tolerance * MINUTE);
    for (double minute : minutes) {
      tracer.holds("p", "s", minute * MINUTE);
    }
    return tracer.episodes();
  }

  private static Episode episode(double from, double until) {
    return new Episode("p", "s", from * MINUTE, until * MINUTE);
  }
}
