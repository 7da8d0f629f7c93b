package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifeTest {
  /** A character a minute: x where the expression gives the series. Waits 2m, keeps firing 3m. */
  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing                                    | ........     |
          too short to fire                          | .xx......    |
          fires once it lasted, and is kept          | .xxx......   | 3-7
          a gap starts the wait anew                 | xx.xx.xxx.   | 8-10 open
          a gap shorter than it is kept is none      | xxx..xx..... | 2-10
          kept just long enough to go on             | xxx...x..... | 2-10
          a gap longer than it is kept ends it       | xxx....x.... | 2-6
          two episodes                               | xxx....xxx.. | 2-6 9-12 open
          fires at the end                           | .xxxxxx      | 3-7 open
          pending at the end is nothing              | .....xx      |
          """)
  void follows_the_states_that_prometheus_gives(String what, String looks, String expected) {
    Life life = new Life(new TreeMap<>(), Duration.ofMinutes(2), Duration.ofMinutes(3));
    for (int i = 0; i < looks.length(); i++) {
      life.look(Instant.EPOCH.plusSeconds(60L * i), looks.charAt(i) == 'x');
    }
    List<Episode> found = life.finish(Instant.EPOCH.plusSeconds(60L * looks.length()));
    StringBuilder text = new StringBuilder();
    for (Episode e : found) {
      text.append(text.isEmpty() ? "" : " ")
          .append(e.from().getEpochSecond() / 60)
          .append('-')
          .append(e.to().getEpochSecond() / 60)
          .append(e.open() ? " open" : "");
    }
    assertThat(text.toString()).as(what).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2"})
  void without_a_wait_it_fires_at_once_and_without_keeping_it_ends_at_once(int from, int to) {
    Life life = new Life(new TreeMap<>(), Duration.ZERO, Duration.ZERO);
    for (int i = 0; i < 4; i++) {
      life.look(Instant.ofEpochSecond(i), i == from);
    }
    assertThat(life.finish(Instant.ofEpochSecond(4)))
        .containsExactly(
            new Episode(
                new TreeMap<>(), Instant.ofEpochSecond(from), Instant.ofEpochSecond(to), false));
  }
}
