package dev.tidemark.rules.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.rules.catalogue.AlertCatalogue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values are tried, and that every parameter of the catalogue was thought of. */
class KnobsTest {
  @Test
  void every_parameter_of_the_catalogue_has_a_quieter_way_or_is_left_on_purpose() {
    List<String> forgotten =
        AlertCatalogue.MAKERS.stream()
            .flatMap(maker -> maker.entry().parameters().stream())
            .map(parameter -> parameter.name())
            .filter(name -> !Knobs.has(name) && !Knobs.LEFT.contains(name))
            .distinct()
            .toList();
    assertThat(forgotten).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "above  | 0.9   | 0.91 0.92 0.93 0.94 0.95 0.96 0.97 0.98 0.99",
        "above  | 0.2   | 0.22 0.25 0.3 0.4 0.6 1 2",
        "above  | 10000 | 11000 12500 15000 20000 30000 50000 100000",
        "times  | 3     | 4 5 6 9 15 30",
        "times  | 1     | 2 3 5 10",
        "below  | 0.6   | 0.54 0.45 0.36 0.3 0.21 0.15 0.06",
        "within | 4h    | 3h 2h 1h24m 1h 24m",
        "for    | 10m   | 15m 20m 30m 40m 1h 1h20m",
        "for    | 0s    | 1m 2m 5m 10m 15m 30m 1h",
        "for    | 20s   | 30s 40s 1m 2m 3m",
        "growthPerHour | auto | ''",
        "histogram     | blocked_seconds | ''",
      })
  void quieter_values_go_up_in_steps(String name, String present, String values) {
    List<String> wanted = values.isBlank() ? List.of() : List.of(values.split(" "));
    assertThat(Knobs.quieter(name, present, Duration.ofMinutes(1))).isEqualTo(wanted);
  }

  @Test
  void growth_found_in_the_past_is_spanned_from_its_lowest_to_its_highest() {
    assertThat(Ladder.between(10, 1000))
        .containsExactly("10", "19", "37", "72", "140", "270", "520", "1000");
    assertThat(Ladder.between(5, 5)).containsExactly("5");
    assertThat(Ladder.between(0, 5)).isEmpty();
    assertThat(Ladder.between(Double.NaN, 5)).isEmpty();
    assertThat(Ladder.between(1, Double.POSITIVE_INFINITY)).isEmpty();
  }

  @Test
  void episodes_are_marked_by_a_time_and_labels() {
    Keep keep = Keep.parse(" 2026-01-31T08:00:00+01:00  pod=a, severity = critical");
    assertThat(keep.at()).hasToString("2026-01-31T07:00:00Z");
    assertThat(keep.labels()).hasToString("{pod=a, severity=critical}");
    for (String wrong : List.of("", "yesterday", "2026-01-31T08:00:00Z pod", "pod=a")) {
      assertThatThrownBy(() -> Keep.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2026-01-31T08:00:00Z");
    }
  }
}
