package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.FakePrometheus.Mood;
import dev.tidemark.exporter.fake.MovedClock;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.exporter.health.Ids;
import dev.tidemark.signals.fact.Facts;
import dev.tidemark.toolkit.web.WebOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The exporter is stopped, or fails, and goes on from what it had sealed. */
@Timeout(60)
class RestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SLOT = Duration.ofSeconds(30);

  @TempDir Path folder = Path.of("");
  private final MovedClock clock = new MovedClock(Instant.ofEpochMilli(Scene.at(200)));
  private final HttpClient http = HttpClient.newHttpClient();
  private FakePrometheus prometheus;
  private @Nullable ExporterApp app;
  private volatile boolean failsInTheMiddle;

  @BeforeEach
  void start() throws Exception {
    Recording recording = new Recording();
    Scene scene = new Scene(recording);
    scene.runs(Scene.target("api", "a:1"), 0, 600, slot -> 50 + slot % 5);
    scene.runs(Scene.target("web", "w:1"), 0, 600, slot -> 90 + slot % 7);
    prometheus = new FakePrometheus(recording);
    configure("");
  }

  @AfterEach
  void stop() {
    end();
    prometheus.close();
  }

  private void configure(String more) throws IOException {
    configure(more, "1h");
  }

  private void configure(String more, String history) throws IOException {
    Files.writeString(
        folder.resolve("exporter.yml"),
        """
        sources: [{url: "%s"}]
        signals: {include: [goroutines]}
        delay: 0s
        history: %s
        baseline: {lag: 0s}
        %s
        """
            .formatted(prometheus.url(), history, more));
  }

  /** A clock that breaks off whatever chunk is being applied. */
  private Instant now() {
    boolean applying =
        StackWalker.getInstance()
            .walk(frames -> frames.anyMatch(f -> f.getClassName().equals(Fleet.class.getName())));
    if (failsInTheMiddle && applying) {
      throw new IllegalStateException("the test wants this pass to fail");
    }
    return clock.instant();
  }

  private ExporterApp started() throws Exception {
    ExporterApp made =
        new ExporterApp(
            folder.resolve("exporter.yml"),
            Shard.WHOLE,
            WebOptions.of(List.of("127.0.0.1:0"), null),
            folder.resolve("data"),
            this::now);
    app = made;
    made.start();
    return made;
  }

  private void end() {
    if (app != null) {
      app.drain();
      app.close();
      app = null;
    }
  }

  private String get(String path) throws Exception {
    if (app == null) {
      throw new IllegalStateException("not started");
    }
    URI uri = URI.create("http://127.0.0.1:" + app.addresses().get(0).getPort() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String await(String path, String wanted) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    String last = get(path);
    while (!last.contains(wanted)) {
      if (Instant.now().isAfter(end)) {
        fail("no \"%s\" in: %s", wanted, last);
      }
      last = get(path);
    }
    return last;
  }

  /** Until the slot of the clock is judged, and shown. */
  private void live() throws Exception {
    String unused = await("/metrics/self", lastSlot(clock.instant()));
    unused = await("/api/v1/series", "\"judgedAt\":\"" + clock.instant() + "\"");
  }

  private String lastSlot(Instant at) {
    String metric = "tidemark_source_last_slot_timestamp_seconds";
    return metric + "{source=\"" + prometheus.url() + "\"} " + seconds(at);
  }

  private static String seconds(Instant at) {
    return String.valueOf(at.toEpochMilli() / 1000.0);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
      return all.filter(path -> path.toString().endsWith(".segment"))
          .sorted(Comparator.comparing(Path::toString).reversed())
          .toList();
    }
  }

  /** Starts, reaches the present and stops. A clock that stands still would never wake it again. */
  private String once() throws Exception {
    started();
    live();
    String metrics = judged(get("/metrics"));
    end();
    return metrics;
  }

  /** Two segments: one when the history is learnt, one of an hour that began after it. */
  private void twice() throws Exception {
    String unused = once();
    clock.move(SLOT.multipliedBy(12));
    unused = once();
    assertThat(segments()).hasSize(2);
  }

  private String judged(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("tidemark_"))
        .reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void a_restart_asks_for_the_gap_only_and_forgets_nothing() throws Exception {
    twice();
    int asked = prometheus.queries().size();
    clock.move(SLOT.multipliedBy(20));
    String restarted = once();
    int facts = Facts.load().all().size() + Ids.SIGNALS.size();
    assertThat(prometheus.queries().size() - asked)
        .as("queries of one chunk")
        .isLessThan(14 + facts);
    assertThat(prometheus.starts().stream().skip(asked).min(Comparator.naturalOrder()))
        .hasValueSatisfying(first -> assertThat(first).isGreaterThan(Scene.at(200)));
    assertThat(history(restarted)).as("more than there is in the source").isGreaterThan(3600);
  }

  @Test
  void what_was_learnt_since_the_hour_is_sealed_when_it_is_told_to_stop() throws Exception {
    String unused = once();
    clock.move(SLOT.multipliedBy(3)); // no hour of this history begins in these
    String stopped = once();
    assertThat(segments().get(0).getFileName()).asString().startsWith("" + Scene.at(203));
    int asked = prometheus.queries().size();
    started();
    unused = await("/metrics", "tidemark_goroutines_expected");
    assertThat(judged(get("/metrics"))).isEqualTo(stopped);
    assertThat(prometheus.queries().stream().skip(asked).filter(query -> !query.contains("{le=~")))
        .as("asked beside who exposes which metric")
        .isEmpty();
  }

  @Test
  void a_stop_in_the_middle_of_the_history_keeps_what_was_learnt_of_it() throws Exception {
    String whole = once();
    for (Path segment : segments()) {
      Files.delete(segment);
    }
    prometheus.hangsFrom(Scene.at(140));
    started();
    String unused = await("/metrics/self", lastSlot(Instant.ofEpochMilli(Scene.at(139))));
    end();
    assertThat(segments()).hasSize(1);
    prometheus.hangsFrom(Long.MAX_VALUE);
    prometheus.is(Mood.WELL);
    int asked = prometheus.starts().size();
    assertThat(once()).isEqualTo(whole);
    assertThat(prometheus.starts().stream().skip(asked).min(Comparator.naturalOrder()))
        .hasValueSatisfying(first -> assertThat(first).isGreaterThan(Scene.at(120)));
  }

  private static double history(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("tidemark_history_seconds{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .min()
        .orElseThrow();
  }

  @Test
  void what_was_learnt_is_shown_at_once_while_the_source_is_down() throws Exception {
    String unused = once();
    prometheus.is(Mood.STATUS_500);
    clock.move(Duration.ofMinutes(20));
    started();
    String metrics = await("/metrics", "tidemark_goroutines_expected");
    assertThat(metrics).doesNotContain("tidemark_score", "tidemark_leak_state");
    assertThat(get("/-/ready"))
        .contains("is ready")
        .contains("20 min old, as it was sealed before the last start");
  }

  @Test
  void a_state_older_than_an_hour_is_not_shown_before_the_gap_is_filled() throws Exception {
    configure("growth: {warmUp: 15m}", "2h");
    String unused = once();
    prometheus.is(Mood.STATUS_500);
    clock.move(Duration.ofMinutes(61));
    started();
    unused = await("/metrics/self", "tidemark_source_failures_total{");
    assertThat(get("/metrics")).doesNotContain("tidemark_goroutines_expected");
  }

  @Test
  void a_damaged_segment_is_told_and_the_one_before_is_taken() throws Exception {
    twice();
    try (RandomAccessFile file = new RandomAccessFile(segments().get(0).toFile(), "rw")) {
      file.seek(file.length() / 2);
      int there = file.read();
      file.seek(file.length() / 2);
      file.write(there ^ 1);
    }
    int asked = prometheus.queries().size();
    started();
    live();
    assertThat(get("/metrics/self"))
        .contains("tidemark_checkpoint_set_aside_total{reason=\"damaged\"");
    assertThat(prometheus.starts().stream().skip(asked).min(Comparator.naturalOrder()))
        .hasValueSatisfying(first -> assertThat(first).isGreaterThanOrEqualTo(Scene.at(200)));

    end();
    for (Path segment : segments()) {
      Files.write(segment, new byte[] {1, 2, 3});
    }
    started();
    live();
    assertThat(get("/metrics/self"))
        .containsPattern("tidemark_checkpoint_set_aside_total\\{reason=\"damaged\".*} 2.0");
    assertThat(get("/metrics")).contains("tidemark_goroutines_expected");
  }

  @Test
  void another_configuration_learns_anew_and_the_old_one_is_there_to_go_back_to() throws Exception {
    String unused = once();
    configure("labels: {add: [version]}");
    started();
    live();
    assertThat(get("/metrics")).contains("version=\"go1.24\"");
    assertThat(get("/metrics/self"))
        .contains("tidemark_checkpoint_set_aside_total{reason=\"configuration\"");
    end();
    configure("");
    int asked = prometheus.queries().size();
    started();
    String shown = await("/metrics", "tidemark_goroutines_expected");
    assertThat(shown).doesNotContain("version=");
    assertThat(prometheus.queries().stream().skip(asked).filter(query -> !query.contains("{le=~")))
        .as("asked beside who exposes which metric")
        .isEmpty();
  }

  @Test
  void a_clock_that_is_behind_at_the_start_loses_no_sealed_hour() throws Exception {
    String unused = once();
    Path sealed = segments().get(0);
    clock.move(SLOT.multipliedBy(-60));
    started();
    live();
    assertThat(get("/metrics/self"))
        .contains("tidemark_checkpoint_set_aside_total{reason=\"future\"");
    end();
    assertThat(segments()).hasSizeGreaterThan(1).contains(sealed);
    clock.move(SLOT.multipliedBy(63));
    int asked = prometheus.starts().size();
    unused = once();
    assertThat(prometheus.starts().stream().skip(asked).min(Comparator.naturalOrder()))
        .hasValueSatisfying(first -> assertThat(first).isGreaterThanOrEqualTo(Scene.at(200)));
  }

  @Test
  void a_folder_is_of_one_exporter_at_a_time() throws Exception {
    started();
    assertThatThrownBy(() -> started())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data: another exporter keeps its state here");
  }

  @Test
  void a_disk_that_takes_nothing_is_told_and_nothing_else_suffers() throws Exception {
    String unused = once();
    Path shelf = segments().get(0).resolve("..").normalize();
    Files.delete(segments().get(0));
    Files.delete(shelf.resolve("source"));
    Files.delete(shelf);
    Files.writeString(shelf, "in the way");
    started();
    live();
    unused = await("/metrics/self", "tidemark_checkpoint_failures_total{source=");
    assertThat(get("/metrics/self"))
        .as("for an alert, which has nothing to say where there is nothing")
        .contains(
            "tidemark_checkpoint_last_success_timestamp_seconds{source=\""
                + prometheus.url()
                + "\"} 0.0");
    assertThat(get("/metrics")).contains("tidemark_score");
  }

  @Test
  void a_pass_that_fails_in_the_middle_starts_over_and_ends_as_if_it_had_not() throws Exception {
    String unused = once();
    clock.move(SLOT.multipliedBy(12)); // one chunk that passes an hour, where the clock is asked
    failsInTheMiddle = true;
    started();
    unused = await("/metrics/self", "tidemark_source_started_over_total{source=");
    assertThat(get("/metrics")).contains("tidemark_goroutines_expected");
    failsInTheMiddle = false;
    live();
    String failed = judged(get("/metrics"));
    end();

    Files.delete(segments().get(0)); // what was sealed when that had reached the present
    assertThat(once()).isEqualTo(failed);
  }
}
