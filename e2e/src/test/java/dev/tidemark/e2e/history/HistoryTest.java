package dev.tidemark.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.real.NeedsTools;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final Instant END = Instant.ofEpochSecond(1_700_000_000);

  @TempDir Path folder = Path.of("");

  private static ServicePast past(double wave, double noise) {
    return new ServicePast(
        "orders",
        "127.0.0.1:1",
        "go1.19.8",
        new TreeMap<>(Map.of("go_goroutines", 200.0)),
        wave,
        noise,
        END.minusSeconds(864_000));
  }

  @Test
  void the_text_is_ordered_and_ends_as_openmetrics_wants() throws Exception {
    Path file = folder.resolve("h.om");
    new History(END, Duration.ofMinutes(2), Duration.ofMinutes(1)).write(file, List.of(past(0, 0)));
    assertThat(file)
        .content()
        .isEqualTo(
            """
            # TYPE go_goroutines gauge
            go_goroutines{instance="127.0.0.1:1",job="orders"} 200 1699999880
            go_goroutines{instance="127.0.0.1:1",job="orders"} 200 1699999940
            go_goroutines{instance="127.0.0.1:1",job="orders"} 200 1700000000
            # TYPE go_info gauge
            go_info{instance="127.0.0.1:1",job="orders",version="go1.19.8"} 1 1699999880
            go_info{instance="127.0.0.1:1",job="orders",version="go1.19.8"} 1 1699999940
            go_info{instance="127.0.0.1:1",job="orders",version="go1.19.8"} 1 1700000000
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds{instance="127.0.0.1:1",job="orders"} 1699136000 1699999880
            process_start_time_seconds{instance="127.0.0.1:1",job="orders"} 1699136000 1699999940
            process_start_time_seconds{instance="127.0.0.1:1",job="orders"} 1699136000 1700000000
            # TYPE up gauge
            up{instance="127.0.0.1:1",job="orders"} 1 1699999880
            up{instance="127.0.0.1:1",job="orders"} 1 1699999940
            up{instance="127.0.0.1:1",job="orders"} 1 1700000000
            # EOF
            """);
  }

  @Test
  void the_past_is_the_same_each_time_and_stays_near_its_level() {
    ServicePast past = past(0.1, 0.02);
    for (long second = 0; second < 7 * 86_400; second += 600) {
      double value = past.at("go_goroutines", second);
      assertThat(value).isBetween(150.0, 250.0);
      assertThat(past.at("go_goroutines", second)).isEqualTo(value);
    }
  }

  @Test
  @NeedsTools
  void prometheus_opens_seven_days_of_it(Tools tools) throws Exception {
    Instant end = Instant.now();
    try (Processes processes = Processes.in(folder.resolve("logs"))) {
      Path text = folder.resolve("h.om");
      new History(end, Duration.ofDays(7), Duration.ofMinutes(1))
          .write(text, List.of(past(0.1, 0.02)));
      History.createBlocks(processes, tools, text, folder.resolve("data"));
      Path config = Files.writeString(folder.resolve("p.yml"), "global: {}\n");
      Prometheus prometheus =
          Prometheus.start(
              processes, tools, new Ports().next(), config, folder.resolve("data"), new Http());
      prometheus.awaitReady(Duration.ofSeconds(30));
      assertThat(prometheus.value("count_over_time(go_goroutines{job=\"orders\"}[8d])"))
          .contains(10_081.0);
      assertThat(prometheus.value("avg_over_time(go_goroutines[7d])").orElseThrow())
          .isBetween(199.0, 201.0);
    }
  }
}
