package dev.tidemark.exporter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @CsvSource({
    "1700000000, 2023-11-14T22:13:20Z",
    "1700000000.25, 2023-11-14T22:13:20.250Z",
    "1.7e9, 2023-11-14T22:13:20Z",
    "-1, 1969-12-31T23:59:59Z",
    "0, 1970-01-01T00:00:00Z",
    "2014-04-01 00:05:00, 2014-04-01T00:05:00Z",
    "2014-04-01T00:05:00, 2014-04-01T00:05:00Z",
    "2014-04-01t00:05:00z, 2014-04-01T00:05:00Z",
    "2014-04-01T00:05Z, 2014-04-01T00:05:00Z",
    "2014-04-01, 2014-04-01T00:00:00Z",
    "2014-04-01 00:05:00.000000, 2014-04-01T00:05:00Z",
    "2014-04-01 00:05:00.123456789, 2014-04-01T00:05:00.123Z",
    "'2014-04-01 00:05:00,5', 2014-04-01T00:05:00.500Z",
    "2014-04-01T02:05:00+02:00, 2014-04-01T00:05:00Z",
    "2014-04-01T02:05:00+0200, 2014-04-01T00:05:00Z",
    "2014-03-31 19:05:00-05, 2014-04-01T00:05:00Z",
    "2014-04-01 00:05:00 +0000, 2014-04-01T00:05:00Z",
    "2014-04-01 00:05:00 Z, 2014-04-01T00:05:00Z",
    "2014-04-01T24:00:00, 2014-04-02T00:00:00Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
  })
  void reads_a_time(String text, Instant time) {
    assertThat(Instant.ofEpochMilli(Timestamps.parse(text))).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2014-13-01",
        "2014-02-30",
        "2023-02-29T00:00:00",
        "2014-04-01T",
        "2014-04-01T25:00",
        "2014-04-01T00:60",
        "2014-04-01T00:00:00.",
        "2014-04-01T00:00:00+99:00",
        "2014-04-01T00:00:00+",
        "2014-04-01T00:00:00 CET",
        "2014-04-01T00:00:00Zx",
        "01/04/2014 00:05",
        "1700000000000000",
        "NaN",
        "Inf",
        "1e999",
        "0x10"
      })
  void what_is_no_time_is_none(String text) {
    assertThat(Timestamps.parse(text)).isEqualTo(Timestamps.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000000000, too far from 1970; epoch seconds are meant",
    "soon, neither epoch seconds nor ISO 8601",
  })
  void says_why_it_is_none(String text, String why) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(Timestamps.why(bytes, 0, bytes.length)).contains(why);
  }
}
