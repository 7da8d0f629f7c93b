package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.parse.PromQlParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {
  private static final Instant FROM = Instant.parse("2026-01-10T00:00:00Z");
  private static final Span SPAN =
      new Span(FROM, FROM.plus(Duration.ofDays(2)), Duration.ofMinutes(1));

  /**
   * {@code none} is nowhere, {@code late} there from the second day, {@code rare} for ten minutes
   * of it, all else was always there.
   */
  private static Coverage coverage(List<String> asked) {
    return coverage(asked, SPAN);
  }

  private static Coverage coverage(List<String> asked, Span span) {
    RangeSource source =
        (query, start, end, step, sink) -> {
          asked.add(query + " every " + step);
          sink.begin(Map.of());
          for (Instant at = start; !at.isAfter(end); at = at.plus(step)) {
            boolean there =
                query.contains("rare")
                    ? isRare(at, query.contains("present_over_time") ? step : Duration.ZERO)
                    : query.contains("late")
                        ? at.isAfter(FROM.plus(Duration.ofDays(1)))
                        : !query.contains("none");
            if (there) {
              sink.sample(at.toEpochMilli(), 1);
            }
          }
          sink.end();
          return List.of();
        };
    return new Coverage(source, span);
  }

  private static boolean isRare(Instant at, Duration window) {
    Instant begin = FROM.plus(Duration.ofMinutes(24 * 60 + 12));
    return !at.isBefore(begin) && at.minus(window).isBefore(begin.plus(Duration.ofMinutes(10)));
  }

  @Test
  void the_beginning_is_the_same_however_the_looks_lie() throws Exception {
    for (int later : new int[] {0, 420, 3660, 7260}) {
      Instant from = FROM.plusSeconds(later);
      Span span = new Span(from, from.plus(Duration.ofDays(5)), Duration.ofMinutes(1));
      assertThat(coverage(new ArrayList<>(), span).lacks(PromQlParser.parse("late > 1")).toString())
          .contains("[late begins about 2026-01-11T00:00:01Z, needed from ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          m > 1                        | []
          none{a="b"} > 1              | [no series of none{a="b"}]
          late > 1                     | [late begins about 2026-01-11T00:00:01Z
          rare > 1                     | [rare begins about 2026-01-11T00:12:00Z
          m / none                     | [no series of none]
          none or m                    | []
          none or none{a="b"}          | [no series of none, no series of none{a="b"}]
          none or vector(0)            | []
          none or late                 | [late begins about 2026-01-11T
          late / none or late          | [late begins about 2026-01-11T
          none or none{a="b"} or late  | [late begins about 2026-01-11T
          none + none                  | [no series of none]
          rate(late[1d] offset 1d)     | needed from 2026-01-08T00:00:00Z]
          """)
  void says_what_an_expression_lacks(String expr, String expected) throws Exception {
    List<String> asked = new ArrayList<>();
    assertThat(coverage(asked).lacks(PromQlParser.parse(expr)).toString()).contains(expected);
    assertThat(asked).as("each is asked for once").doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          m > 1                        | false
          none > 1                     | true
          late > 1                     | false
          rare > 1                     | false
          m / none                     | true
          none or late                 | false
          none or none{a="b"}          | true
          m unless none                | false
          none unless m                | true
          none or vector(0)            | false
          absent(none)                 | false
          rate(none[5m]) > 0 or m / m  | false
          """)
  void is_blind_where_nothing_that_it_reads_was_there(String expr, boolean blind) throws Exception {
    assertThat(coverage(new ArrayList<>()).isBlind(PromQlParser.parse(expr))).isEqualTo(blind);
  }
}
