package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A slow leak below a rhythm of the day, judged by recording rules: told once or twice, not daily.
 */
class SlowLeakTest {
  private static final long START = 1_700_006_400; // 2023-11-15T00:00:00Z
  private static final int DAY = 1440;
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {engine: promql}
      defaults: {scrapeInterval: 2m, groupInterval: 2m}
      teams: [{name: pay, receiver: hook}]
      receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
      services:
        - {name: api, team: pay, selector: {job: api}, alerts: [{use: goroutine-leak}]}
      """;

  @TempDir Path folder = Path.of("");

  /** 0.2 a minute from the third day on; restarted at the end of the seventh. */
  private static long level(int minute, boolean leaks) {
    double day = 120 * (1 + 0.4 * Math.sin(2 * Math.PI * minute / DAY));
    double noise = 3 * Math.sin(minute * 12.9898) * Math.cos(minute * 78.233);
    boolean leaking = leaks && minute >= 2 * DAY && minute < 7 * DAY;
    return Math.round(day + noise + (leaking ? 0.2 * (minute - 2 * DAY) : 0));
  }

  @Test
  @Timeout(240)
  void is_told_until_it_is_restarted() throws Exception {
    StringBuilder history = new StringBuilder();
    for (String metric : new String[] {"go_info", "go_goroutines", "process_start_time_seconds"}) {
      history.append("# TYPE ").append(metric).append(" gauge\n");
      for (boolean leaks : new boolean[] {true, false}) {
        for (int minute = 0; minute <= 8 * DAY; minute += 2) {
          long value =
              switch (metric) {
                case "go_goroutines" -> level(minute, leaks);
                case "go_info" -> 1;
                default -> leaks && minute >= 7 * DAY ? START + 7L * DAY * 60 : START - 86_400;
              };
          history.append(
              "%s{job=\"api\",instance=\"%s:1\"} %d %d%n"
                  .formatted(metric, leaks ? "leaks" : "well", value, START + 60L * minute));
        }
      }
    }
    Path spec = Files.writeString(folder.resolve("spec.yaml"), SPEC);
    try (RealPrometheus server = RealPrometheus.orSkip(folder.resolve("p"), history.toString())) {
      Captured run =
          Captured.run(
              "backtest",
              "--spec=" + spec,
              "--prometheus=" + server.url(),
              "--from=2023-11-15T00:00:00Z",
              "--to=2023-11-23T00:00:00Z",
              "--alert=GoGoroutineLeak",
              "--format=json");
      assertThat(run.code()).as(run.err()).isZero();
      JsonNode alert = new ObjectMapper().readTree(run.out()).path("alerts").path(0);
      assertThat(alert.path("episodes").asInt()).as(run.out()).isBetween(1, 3);
      for (JsonNode episode : alert.path("when")) {
        assertThat(episode.path("labels").path("instance").asText()).isEqualTo("leaks:1");
      }
      JsonNode last = alert.path("when").path(alert.path("episodes").asInt() - 1);
      assertThat(last.path("open").asBoolean()).isFalse();
      // a restart ends it, after keepFiringFor
      assertThat(Instant.parse(last.path("to").asText()))
          .isBefore(Instant.ofEpochSecond(START + 60L * (7 * DAY + 60)));
      assertThat(alert.path("longestSeconds").asDouble()).isGreaterThan(86_400);
    }
  }
}
