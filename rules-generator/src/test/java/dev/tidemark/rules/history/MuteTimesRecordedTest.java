package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.Oracle;
import dev.tidemark.rules.spec.TimeIntervalSpec;
import dev.tidemark.rules.spec.TimeIntervalSpec.Period;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What Alertmanager's own code says of periods that were drawn with a seed, at instants among which
 * are ends of months, leap days and hours that clocks repeat or leave out. Recorded with
 * mute-times/main.go of 0.33.1; 0.25.0 says the same.
 */
class MuteTimesRecordedTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {alertmanager: "0.25"}
      teams: [{name: pay, receiver: hook}]
      receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
      services: [{name: api, team: pay, selector: {job: api}, alerts: [{use: heap-leak}]}]
      timeIntervals:
      """;

  @Test
  void periods_hold_the_instants_that_alertmanager_says() throws Exception {
    List<String> lines;
    try (InputStream recorded =
        Objects.requireNonNull(
            MuteTimesRecordedTest.class.getResourceAsStream("/mute-times/answers.tsv"))) {
      lines = new String(recorded.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    List<Instant> instants =
        Stream.of(lines.get(0).split(" "))
            .map(Long::parseLong)
            .map(Instant::ofEpochSecond)
            .toList();
    List<String> answers = lines.subList(1, lines.size());
    StringBuilder spec = new StringBuilder(SPEC);
    for (int i = 0; i < answers.size(); i++) {
      String period = answers.get(i).split("\t")[0];
      spec.append("  - {name: t" + i + ", timeIntervals: [" + period + "]}\n");
    }
    List<TimeIntervalSpec> intervals =
        Oracle.output(spec.toString()).model().routing().timeIntervals();
    assertThat(intervals).hasSameSizeAs(answers).hasSizeGreaterThan(300);

    List<String> differ = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Period period = intervals.get(i).timeIntervals().get(0);
      BigInteger said = new BigInteger(answers.get(i).split("\t")[1], 16);
      for (int at = 0; at < instants.size(); at++) {
        boolean theirs = said.testBit(instants.size() - 1 - at);
        if (MuteTimes.contains(period, instants.get(at)) != theirs) {
          differ.add(instants.get(at) + " in " + answers.get(i) + ": " + theirs);
        }
      }
    }
    assertThat(differ).isEmpty();
  }
}
