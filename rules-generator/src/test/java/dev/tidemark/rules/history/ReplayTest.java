package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Instant FROM = Instant.ofEpochSecond(1_700_000_040);
  private static final Replay.Holds HOLDS = new Replay.Holds(Duration.ofMinutes(10), Duration.ZERO);

  private final List<Integer> asked = new ArrayList<>();

  /** True from the 100th to the 1300th minute; asking for more than so many steps is refused. */
  private RangeSource source(int most) {
    return (expr, start, end, step, sink) -> {
      int steps = (int) (Duration.between(start, end).toMinutes() + 1);
      asked.add(steps);
      sink.begin(Map.of("pod", "p", "__name__", "m", "severity", "other"));
      for (Instant at = start; !at.isAfter(end); at = at.plus(step)) {
        long minute = Duration.between(FROM, at).toMinutes();
        if (minute >= 100 && minute <= 1300) {
          sink.sample(at.toEpochMilli(), 1);
        }
      }
      sink.end();
      if (steps > most) {
        throw new PrometheusException(Reason.QUERY, "too many samples", null);
      }
      return List.of();
    };
  }

  private static Span span() {
    return new Span(FROM, FROM.plus(Duration.ofMinutes(1440)), Duration.ofMinutes(1));
  }

  @Test
  void an_episode_goes_across_the_pieces_that_are_asked_for() throws Exception {
    for (int most : List.of(500, 30)) {
      asked.clear();
      Replay.Found found =
          Replay.of(source(most), span(), "m", new TreeMap<>(Map.of("severity", "x")), HOLDS);
      assertThat(found.episodes())
          .containsExactly(
              new Episode(
                  new TreeMap<>(Map.of("pod", "p", "severity", "x")),
                  FROM.plus(Duration.ofMinutes(110)),
                  FROM.plus(Duration.ofMinutes(1301)),
                  false));
      assertThat(asked.stream().filter(steps -> steps > most).toList())
          .isEqualTo(most == 500 ? List.of() : List.of(500, 125, 31));
    }
  }

  @Test
  void what_is_refused_even_in_small_pieces_is_an_error() {
    assertThatThrownBy(() -> Replay.of(source(1), span(), "m", new TreeMap<>(), HOLDS))
        .hasMessage("too many samples");
    assertThat(asked).containsExactly(500, 125, 31, 8);
  }

  @Test
  void what_takes_too_long_is_asked_once_more_in_a_smaller_piece() {
    List<Integer> tried = new ArrayList<>();
    RangeSource slow =
        (expr, start, end, step, sink) -> {
          tried.add((int) (Duration.between(start, end).dividedBy(step) + 1));
          throw new PrometheusException(Reason.TIMEOUT, "no complete reply", null);
        };
    assertThatThrownBy(() -> Replay.of(slow, span(), "m", new TreeMap<>(), HOLDS))
        .hasMessage("no complete reply");
    assertThat(tried).containsExactly(500, 125);
  }

  @Test
  void warnings_of_the_server_are_told() throws Exception {
    RangeSource warns = (expr, start, end, step, sink) -> List.of("a store is away");
    assertThat(Replay.of(warns, span(), "m", new TreeMap<>(), HOLDS).warnings())
        .containsExactly("a store is away");
  }
}
