package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.FakePrometheus.Mood;
import dev.tidemark.exporter.fake.MovedClock;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.toolkit.web.WebOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two sources in one exporter. */
@Timeout(60)
class SourcesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder = Path.of("");
  private final MovedClock clock = new MovedClock(Instant.ofEpochMilli(Scene.at(200)));
  private final HttpClient http = HttpClient.newHttpClient();
  private FakePrometheus west;
  private FakePrometheus east;
  private ExporterApp app;

  @BeforeEach
  void start() throws Exception {
    west = server("a:1", "both:1");
    east = server("b:1", "both:1");
    configure("");
    app =
        new ExporterApp(
            folder.resolve("exporter.yml"),
            Shard.WHOLE,
            WebOptions.of(List.of("127.0.0.1:0"), null),
            null,
            clock);
  }

  @AfterEach
  void stop() {
    app.drain();
    app.close();
    west.close();
    east.close();
  }

  private static FakePrometheus server(String... instances) throws Exception {
    Recording recording = new Recording();
    for (String instance : instances) {
      new Scene(recording).runs(Scene.target("api", instance), 0, 220, slot -> 50 + slot % 5);
    }
    return new FakePrometheus(recording);
  }

  private void configure(String eastMore) throws Exception {
    Files.writeString(
        folder.resolve("exporter.yml"),
        """
        sources:
          - {name: west, url: "%s"}
          - {name: east, url: "%s"%s}
        signals: {include: [goroutines]}
        delay: 0s
        history: 1h
        baseline: {lag: 0s}
        """
            .formatted(west.url(), east.url(), eastMore));
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + app.addresses().get(0).getPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String await(String path, Predicate<String> wanted) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    String last = ask("GET", path).body();
    while (!wanted.test(last)) {
      if (Instant.now().isAfter(end)) {
        fail("still: %s", last);
      }
      last = ask("GET", path).body();
    }
    return last;
  }

  @Test
  void both_are_shown_and_what_both_have_is_shown_once() throws Exception {
    app.start();
    String metrics = await("/metrics", m -> m.contains("\"a:1\"") && m.contains("\"b:1\""));
    assertThat(metrics.lines().filter(l -> l.contains("tidemark_leak_state{")))
        .hasSize(3)
        .filteredOn(l -> l.contains("both:1"))
        .hasSize(1);
    assertThat(ask("GET", "/metrics/self").body())
        .contains("tidemark_series{signal=\"goroutines\"} 3.0")
        .contains("tidemark_series_refused_total{reason=\"same_labels\"} 1.0")
        .contains("tidemark_backfill_progress_ratio{source=\"east\"} 1.0")
        .contains("tidemark_backfill_progress_ratio{source=\"west\"} 1.0")
        .contains("tidemark_source_last_success_timestamp_seconds{source=\"west\"}");
    assertThat(ask("GET", "/").body()).contains("<code>west</code>", "<code>east</code>");
    assertThat(ask("GET", "/api/v1/series").body()).contains("a:1", "b:1", "both:1");
  }

  @Test
  void a_source_that_hangs_holds_up_nobody_and_readiness_names_it() throws Exception {
    west.is(Mood.HANGS);
    app.start();
    String ready = await("/-/ready", r -> r.contains("is ready"));
    assertThat(ready).contains("west: 0 % of the last 60 min is learnt").doesNotContain("east:");
    assertThat(ask("GET", "/metrics").body())
        .contains("\"b:1\"", "\"both:1\"")
        .doesNotContain("a:1");
    assertThat(ask("GET", "/metrics/self").body())
        .contains("tidemark_backfill_progress_ratio{source=\"west\"} 0.0");
    west.is(Mood.WELL);
    String unused = await("/metrics", m -> m.contains("\"a:1\""));
  }

  @Test
  void none_is_ready_while_none_answers_and_both_are_named() throws Exception {
    west.is(Mood.STATUS_500);
    east.is(Mood.HTML);
    app.start();
    String ready = await("/-/ready", r -> r.contains("status") && r.contains("not_json"));
    assertThat(ready).contains("is not ready", "west: 0 %", "east: 0 %");
  }

  @Test
  void a_reload_learns_again_only_the_source_that_changed() throws Exception {
    app.start();
    String unused = await("/metrics", m -> m.contains("\"a:1\"") && m.contains("\"b:1\""));
    List<String> before = asked(west);
    int eastBefore = east.queries().size();
    configure(", timeout: 20s");
    assertThat(ask("POST", "/-/reload").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/metrics").body()).contains("\"a:1\"", "\"b:1\"");
    while (east.queries().size() < eastBefore + 3) {
      assertThat(ask("GET", "/-/healthy").statusCode()).isEqualTo(200);
    }
    assertThat(asked(west)).isEqualTo(before);
  }

  /** Without the questions who exposes which metric, which go on for a while. */
  private static List<String> asked(FakePrometheus source) {
    return source.queries().stream().filter(query -> !query.contains("{le=~")).toList();
  }

  @Test
  void a_source_that_was_taken_out_is_gone_with_all_it_told() throws Exception {
    app.start();
    String unused = await("/metrics", m -> m.contains("\"a:1\"") && m.contains("\"b:1\""));
    Path file = folder.resolve("exporter.yml");
    Files.writeString(file, Files.readString(file).replaceAll("  - \\{name: east.*\n", ""));
    assertThat(ask("POST", "/-/reload").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/metrics").body()).contains("\"a:1\"").doesNotContain("\"b:1\"");
    assertThat(ask("GET", "/metrics/self").body()).doesNotContain("progress_ratio{source=\"east\"");
  }
}
