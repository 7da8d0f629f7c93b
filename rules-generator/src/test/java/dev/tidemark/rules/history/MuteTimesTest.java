package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.Oracle;
import dev.tidemark.rules.model.Routing;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When teams are told; 2026-11-22 is a Sunday. */
class MuteTimesTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {alertmanager: "0.25"}
      teams: [{name: pay, receiver: hook, KEY: [times]}]
      receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
      services: [{name: api, team: pay, selector: {job: api}, alerts: [{use: heap-leak}]}]
      timeIntervals: [{name: times, timeIntervals: [PERIOD]}]
      """;

  @ParameterizedTest(name = "{0} {1}: {2} to {3} is told at {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "nobody",
      value = {
        "mute | {} | 22T10:00:00Z | 22T11:00:00Z | nobody",
        "mute | {times: [{startTime: '10:00', endTime: '10:30'}]} | 22T10:00:00Z | 22T11:00:00Z | 22T10:30:00Z",
        "mute | {times: [{startTime: '10:00', endTime: '10:30'}]} | 22T10:00:07Z | 22T10:30:00Z | nobody",
        "mute | {times: [{startTime: '10:01', endTime: '10:30'}]} | 22T10:00:59Z | 22T10:20:00Z | 22T10:00:59Z",
        "mute | {times: [{startTime: '22:00', endTime: '24:00'}]} | 22T23:00:00Z | 23T01:00:00Z | 23T00:00:00Z",
        "mute | {weekdays: ['saturday', sunday]} | 22T23:00:00Z | 23T01:00:00Z | 23T00:00:00Z",
        "mute | {weekdays: ['Monday:friday']} | 22T23:00:00Z | 23T01:00:00Z | 22T23:00:00Z",
        "mute | {daysOfMonth: ['-9']} | 22T23:00:00Z | 23T01:00:00Z | 23T00:00:00Z",
        "mute | {daysOfMonth: ['20:22']} | 22T23:00:00Z | 23T01:00:00Z | 23T00:00:00Z",
        "mute | {daysOfMonth: ['31']} | 22T23:00:00Z | 23T01:00:00Z | 22T23:00:00Z",
        "mute | {months: ['October:12'], years: ['2026']} | 22T23:00:00Z | 23T01:00:00Z | nobody",
        "mute | {months: ['1:10']} | 22T23:00:00Z | 23T01:00:00Z | 22T23:00:00Z",
        "mute | {years: ['2027:2030']} | 22T23:00:00Z | 23T01:00:00Z | 22T23:00:00Z",
        "mute | {times: [{startTime: '00:00', endTime: '01:00'}], location: Europe/Berlin} | 22T23:10:00Z | 23T01:00:00Z | 23T00:00:00Z",
        "activeTimes | {weekdays: ['monday']} | 22T23:00:00Z | 23T01:00:00Z | 23T00:00:00Z",
        "activeTimes | {weekdays: ['tuesday']} | 22T23:00:00Z | 23T01:00:00Z | nobody",
      })
  void are_those_of_alertmanager(String key, String period, String from, String to, String told)
      throws Exception {
    Routing routing =
        Oracle.output(SPEC.replace("KEY", key).replace("PERIOD", period)).model().routing();
    assertThat(MuteTimes.of(routing).told(episode("pay", from, to)))
        .isEqualTo(Optional.ofNullable(told).map(MuteTimesTest::at));
    assertThat(MuteTimes.of(routing).told(episode("other", from, to))).contains(at(from));
  }

  private static Instant at(String text) {
    return Instant.parse("2026-11-" + text);
  }

  private static Episode episode(String team, String from, String to) {
    return new Episode(new TreeMap<>(Map.of("team", team)), at(from), at(to), false);
  }
}
