package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.bench.BenchFleet;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The exporter, or the Prometheus it asks, dies without a word; what is learnt in the end is what
 * an exporter learns that nobody disturbs.
 */
@NeedsTools
@NeedsPrograms
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class KilledExporterTest {
  private static final Pattern SLOT =
      Pattern.compile("(?m)^tidemark_source_last_slot_timestamp_seconds\\{[^}]*} (\\S+)$");
  private static final Pattern SHOWN = Pattern.compile("\"judgedAt\":\"([^\"]*)\"");
  private static final int TARGETS = 60;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /**
   * Less than what is asked for, so that whoever starts later learns no less; of that a part in 24,
   * 40 s, passes from seal to seal.
   */
  private static final Duration HISTORY = Duration.ofMinutes(10);

  /** The samples are written beforehand; they end so long after now. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  @TempDir Path folder = Path.of("");

  private final Http http = new Http();
  private final Ports ports = new Ports();
  private final Tools tools;
  private final Processes processes;
  private int prometheusPort;

  KilledExporterTest(Tools tools, @TempDir Path logs) throws IOException {
    this.tools = tools;
    this.processes = Processes.in(logs);
  }

  @BeforeEach
  void choosePort() throws IOException {
    prometheusPort = ports.next();
  }

  @AfterEach
  void close() {
    processes.close();
  }

  private Path config() throws IOException {
    return Files.writeString(folder.resolve("prometheus.yml"), "global: {scrape_interval: 1h}\n");
  }

  /** A Prometheus with the goroutines of a fleet, from so long ago on. */
  private Prometheus serve(Duration ago) throws Exception {
    Path data = Files.createDirectories(folder.resolve("tsdb"));
    Instant end = Instant.now().plus(AHEAD);
    new BenchFleet(TARGETS, List.of("go_goroutines"), end, ago.plus(AHEAD), SECOND).write(data);
    return serve();
  }

  private Prometheus serve() throws Exception {
    Path data = folder.resolve("tsdb");
    Prometheus prometheus =
        Prometheus.start(processes, tools, prometheusPort, config(), data, http);
    prometheus.awaitReady(Duration.ofSeconds(30));
    return prometheus;
  }

  private Program exporter(String storage) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("exporter.yml"),
            """
            sources: [{url: 'http://127.0.0.1:%d'}]
            interval: 1s
            delay: 1s
            history: 16m
            signals: {include: [goroutines]}
            baseline: {lag: 5s, freezeAfter: 20s, freezeCap: 1h, minSamples: 10}
            growth: {horizons: [30s], warmUp: 2s}
            """
                .formatted(prometheusPort));
    return Program.start(
        processes,
        Project.find(),
        http,
        new Program.Launch("exporter", config, folder.resolve(storage), ports.next()));
  }

  @Test
  void an_exporter_that_is_killed_again_and_again_ends_as_one_that_was_not() throws Exception {
    Prometheus unused = serve(HISTORY);
    Program undisturbed = exporter("undisturbed");
    undisturbed.awaitReady(Duration.ofSeconds(60));
    Program killed = exporter("killed");
    for (int times = 0; times < 2; times++) {
      killWhen(killed, "it learns", () -> slot(killed).isPresent());
      killed.startAgain();
    }
    for (int times = 0; times < 3; times++) {
      List<Path> before = segments("killed", ".segment");
      int round = times;
      killWhen(killed, "it seals", () -> seals("killed", round == 0 ? List.of() : before));
      if (!before.isEmpty()) { // the newest of them, or one after it, is whole
        List<Path> after = segments("killed", ".segment");
        assertThat(after).isNotEmpty();
        assertThat(after.get(after.size() - 1))
            .isGreaterThanOrEqualTo(before.get(before.size() - 1));
      }
      killed.startAgain();
    }
    sameState(undisturbed, killed);
    assertThat(http.get(killed.url() + "/metrics/self"))
        .doesNotContainPattern("tidemark_checkpoint_set_aside_total\\{[^}]*} [1-9]");
  }

  private boolean seals(String storage, List<Path> before) throws IOException {
    List<Path> now = segments(storage, ".segment");
    return !segments(storage, ".unfinished").isEmpty() || !now.equals(before);
  }

  private interface Moment {
    boolean isThere() throws IOException, InterruptedException;
  }

  private void killWhen(Program exporter, String what, Moment moment) throws Exception {
    Await.that(what, Duration.ofSeconds(90), moment::isThere, exporter.process());
    exporter.kill();
  }

  private List<Path> segments(String storage, String end) throws IOException {
    if (!Files.exists(folder.resolve(storage))) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder.resolve(storage))) {
      return all.filter(path -> path.toString().endsWith(end)).sorted().toList();
    } catch (UncheckedIOException e) { // renamed while it was looked at
      return List.of();
    }
  }

  @Test
  void prometheus_may_die_while_the_history_is_learnt() throws Exception {
    Prometheus prometheus = serve(HISTORY);
    Program undisturbed = exporter("undisturbed");
    undisturbed.awaitReady(Duration.ofSeconds(60));
    Program disturbed = exporter("disturbed");
    Await.that(
        "it listens",
        Duration.ofSeconds(60),
        () -> http.get(disturbed.url() + "/metrics/self").contains("tidemark_"),
        disturbed.process());
    prometheus.process().kill();
    assertThat(prometheus.process().await(20, TimeUnit.SECONDS)).isNotZero();
    Await.that(
        "it counts that Prometheus does not answer",
        Duration.ofSeconds(30),
        () -> http.get(disturbed.url() + "/metrics/self").contains("reason=\"unreachable\""),
        disturbed.process());
    Prometheus unused = serve();
    sameState(undisturbed, disturbed);
  }

  @Test
  void what_prometheus_has_forgotten_is_a_gap_and_no_obstacle() throws Exception {
    Prometheus unused = serve(HISTORY.dividedBy(4));
    Program exporter = exporter("short");
    exporter.awaitReady(Duration.ofSeconds(60));
    Await.that(
        "it has a band",
        Duration.ofSeconds(60),
        () -> http.get(exporter.url() + "/metrics").contains("tidemark_goroutines_upper{"),
        exporter.process());
    assertThat(http.get(exporter.url() + "/metrics/self"))
        .contains("tidemark_backfill_progress_ratio")
        .doesNotContainPattern("tidemark_source_failures_total\\{[^}]*} [1-9]");
  }

  /** Compares all that is judged when both have judged the same slot last. */
  private void sameState(Program one, Program other) throws Exception {
    other.awaitReady(Duration.ofSeconds(60));
    String both =
        Await.until(
            "both exporters stand at one slot",
            Duration.ofSeconds(60),
            () -> atOneSlot(one, other),
            one.process(),
            other.process());
    String[] texts = both.split("\u0000", 2);
    assertThat(texts[1]).isEqualTo(texts[0]);
    assertThat(texts[0]).contains("tidemark_goroutines_expected{");
  }

  private Optional<String> atOneSlot(Program one, Program other)
      throws IOException, InterruptedException {
    String before = shown(one) + shown(other);
    String first = judged(one);
    String second = judged(other);
    boolean still = before.equals(shown(other) + shown(one)) && shown(one).equals(shown(other));
    return still ? Optional.of(first + "\u0000" + second) : Optional.empty();
  }

  /** The slot of what is shown, which comes a moment after it was judged. */
  private String shown(Program exporter) throws IOException, InterruptedException {
    Matcher shown = SHOWN.matcher(http.get(exporter.url() + "/api/v1/series?limit=1"));
    return shown.find() ? String.valueOf(shown.group(1)) : "";
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
    try {
      Matcher slot = SLOT.matcher(http.get(exporter.url() + "/metrics/self"));
      return slot.find() ? Optional.of(Double.valueOf(slot.group(1))) : Optional.empty();
    } catch (ConnectException e) {
      return Optional.empty();
    }
  }
}
