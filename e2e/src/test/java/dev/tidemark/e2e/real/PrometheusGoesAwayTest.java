package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.GoService;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The exporter on a real Prometheus that scrapes a real Go service each second. */
@NeedsTools
@NeedsPrograms
@Execution(ExecutionMode.CONCURRENT)
class PrometheusGoesAwayTest {
  private static final Pattern SLOT =
      Pattern.compile("(?m)^tidemark_source_last_slot_timestamp_seconds\\{[^}]*} (\\S+)$");

  private static final Pattern SHOWN = Pattern.compile("\"judgedAt\"\\s*:\\s*\"[^\"]+\"");

  /** What a program built with an older client_golang exposes without being asked. */
  private static final List<String> EXPOSED =
      List.of("goroutines", "heap_live", "heap_inuse", "rss", "open_fds_ratio");

  @TempDir Path folder = Path.of("");

  private final Http http = new Http();
  private final Ports ports = new Ports();
  private final Processes processes;
  private final Tools tools;
  private final Path data;
  private int prometheusPort;
  private Path config = Path.of("");

  PrometheusGoesAwayTest(Tools tools, @TempDir Path logs) throws IOException {
    this.tools = tools;
    this.data = logs.resolve("tsdb");
    this.processes = Processes.in(logs);
  }

  @BeforeEach
  void choosePorts() throws IOException {
    prometheusPort = ports.next();
  }

  @AfterEach
  void end() {
    processes.close();
  }

  private Prometheus prometheus(GoService service) throws Exception {
    config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: orders
                static_configs: [{targets: ['%s']}]
            """
                .formatted(service.instance()));
    Prometheus prometheus = Prometheus.start(processes, tools, prometheusPort, config, data, http);
    prometheus.awaitReady(Duration.ofSeconds(30));
    return prometheus;
  }

  private GoService service() throws Exception {
    GoService.Built built = GoService.build(processes, tools, Project.find(), http);
    GoService service = new GoService(built, "orders", ports.next(), 100);
    service.awaitReady(Duration.ofSeconds(15));
    return service;
  }

  private Program exporter(String storage) throws IOException {
    Path exporterConfig =
        Files.writeString(
            folder.resolve("exporter.yml"),
            """
            sources: [{url: 'http://127.0.0.1:%d'}]
            interval: 1s
            delay: 1s
            history: 10m
            signals: {include: [goroutines, heap_live]}
            baseline: {lag: 5s, freezeAfter: 20s, freezeCap: 1h, minSamples: 10}
            growth: {horizons: [30s], warmUp: 2s}
            outputs: {windows: [1h], quantiles: [0.1, 0.5, 0.9], growth: true}
            """
                .formatted(prometheusPort));
    return Program.start(
        processes,
        Project.find(),
        http,
        new Program.Launch("exporter", exporterConfig, folder.resolve(storage), ports.next()));
  }

  @Test
  void every_signal_parses_and_those_that_go_exposes_have_data() throws Exception {
    Prometheus prometheus = prometheus(service());
    Await.that(
        "the service is scraped",
        Duration.ofSeconds(30),
        () -> prometheus.value("go_goroutines").isPresent());
    List<String> answered = new ArrayList<>();
    for (Signal signal : Catalogue.load().signals()) {
      if (!prometheus.query(signal.expr()).isEmpty()) {
        answered.add(signal.id());
      }
      if (signal.limit() != null) {
        List<Prometheus.Row> unused = prometheus.query(signal.limit());
      }
    }
    assertThat(answered).containsAll(EXPOSED);
  }

  @Test
  void it_serves_what_is_true_while_prometheus_is_away_and_catches_up_to_the_same_state()
      throws Exception {
    GoService service = service();
    Prometheus prometheus = prometheus(service);
    Program lived = exporter("lived");
    lived.awaitReady(Duration.ofSeconds(60));
    service.behave("leak=3");
    Await.that(
        "it has a band",
        Duration.ofSeconds(60),
        () -> http.get(lived.url() + "/metrics").contains("tidemark_goroutines_upper{"),
        lived.process());

    prometheus.process().terminate();
    assertThat(prometheus.process().await(20, TimeUnit.SECONDS)).isZero();
    Await.that(
        "it counts that Prometheus does not answer",
        Duration.ofSeconds(30),
        () -> http.get(lived.url() + "/metrics/self").contains("reason=\"unreachable\""),
        lived.process());
    double seen = slot(lived).orElseThrow();
    assertThat(http.get(lived.url() + "/metrics")).contains("tidemark_goroutines_upper{");

    prometheus.restart(processes, tools, prometheusPort, config, data);
    prometheus.awaitReady(Duration.ofSeconds(30));
    Await.that(
        "it recovers by itself",
        Duration.ofSeconds(60),
        () -> slot(lived).orElse(0.0) > seen + 5,
        lived.process());

    Program late = exporter("late");
    late.awaitReady(Duration.ofSeconds(60));
    // live and backfilled, the same samples leave the same state: compared at one and the same slot
    String both =
        Await.until(
            "both exporters stand at one slot",
            Duration.ofSeconds(60),
            () -> atOneSlot(lived, late),
            lived.process(),
            late.process());
    String[] texts = both.split("\u0000", 2);
    assertThat(texts[1]).isEqualTo(texts[0]);
    assertThat(texts[0]).contains("tidemark_goroutines_baseline{", "tidemark_goroutines_expected{");
  }

  private Optional<String> atOneSlot(Program one, Program other)
      throws IOException, InterruptedException {
    // what is shown: a slot is read and judged before
    Optional<String> before = shown(one);
    boolean same = before.isPresent() && before.equals(shown(other));
    String first = judged(one);
    String second = judged(other);
    boolean still = same && before.equals(shown(one)) && before.equals(shown(other));
    return still ? Optional.of(first + "\u0000" + second) : Optional.empty();
  }

  private Optional<String> shown(Program exporter) throws IOException, InterruptedException {
    Matcher slot = SHOWN.matcher(http.get(exporter.url() + "/api/v1/series?limit=1"));
    return slot.find() ? Optional.of(slot.group()) : Optional.empty();
  }

  private String judged(Program exporter) throws IOException, InterruptedException {
    return String.join(
        "\n",
        http.get(exporter.url() + "/metrics")
            .lines()
            .filter(line -> line.startsWith("tidemark_"))
            .sorted()
            .toList());
  }

  private Optional<Double> slot(Program exporter) throws IOException, InterruptedException {
    Matcher slot = SLOT.matcher(http.get(exporter.url() + "/metrics/self"));
    return slot.find()
        ? Optional.of(Double.parseDouble(String.valueOf(slot.group(1))))
        : Optional.empty();
  }
}
