package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExporterAppTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder = Path.of("");
  private final MovedClock clock = new MovedClock(Instant.ofEpochMilli(Scene.at(200)));
  private final HttpClient http = HttpClient.newHttpClient();
  private FakePrometheus prometheus;
  private ExporterApp app;

  @BeforeEach
  void start() throws Exception {
    Recording recording = new Recording();
    new Scene(recording).runs(Scene.target("api", "a:1"), 0, 220, slot -> 50 + slot % 5);
    prometheus = new FakePrometheus(recording);
    prometheus.is(Mood.STATUS_500);
    configure("");
    app =
        new ExporterApp(
            folder.resolve("exporter.yml"),
            Shard.WHOLE,
            WebOptions.of(List.of("127.0.0.1:0"), null),
            null,
            clock);
    app.start();
  }

  @AfterEach
  void stop() {
    app.drain();
    app.close();
    prometheus.close();
  }

  private void configure(String more) throws Exception {
    Files.writeString(
        folder.resolve("exporter.yml"),
        """
        sources: [{url: "%s"}]
        signals: {include: [goroutines]}
        delay: 0s
        history: 1h
        baseline: {lag: 0s}
        %s
        """
            .formatted(prometheus.url(), more));
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + app.addresses().get(0).getPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String get(String path) throws Exception {
    return ask("GET", path).body();
  }

  private String await(String path, Predicate<HttpResponse<String>> wanted) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    HttpResponse<String> last = ask("GET", path);
    while (!wanted.test(last)) {
      if (Instant.now().isAfter(end)) {
        fail("still %s: %s", last.statusCode(), last.body());
      }
      last = ask("GET", path);
    }
    return last.body();
  }

  private void learn() throws Exception {
    prometheus.is(Mood.WELL);
    String unused = await("/-/ready", answer -> answer.statusCode() == 200);
  }

  @Test
  void is_not_ready_before_it_judged_anything_and_says_why() throws Exception {
    String body = await("/-/ready", answer -> answer.body().contains("500"));
    assertThat(body).contains("is not ready: 0 % of the last 60 min is learnt; the source: status");
    assertThat(ask("GET", "/-/ready").statusCode()).isEqualTo(503);
    assertThat(ask("GET", "/-/healthy").statusCode()).isEqualTo(200);
    assertThat(ask("HEAD", "/-/healthy").statusCode()).isEqualTo(200);
    assertThat(ask("HEAD", "/-/ready").body()).isEmpty();
    assertThat(get("/metrics")).doesNotContain("tidemark_score");
    assertThat(get("/metrics/self"))
        .containsPattern("tidemark_backfill_progress_ratio\\{source=.* 0.0")
        .contains("tidemark_source_failures_total{reason=\"status\"");
    learn();
    assertThat(get("/-/ready")).contains("is ready: the newest data is 0 s old");
  }

  @Test
  void serves_what_it_learnt_everywhere() throws Exception {
    learn();
    assertThat(get("/metrics"))
        .contains(
            "tidemark_leak_state{instance=\"a:1\",job=\"api\",signal=\"goroutines\",workload=\"api\"} 0.0")
        .doesNotContain("NaN");
    assertThat(get("/metrics?name%5B%5D=tidemark_leak_state"))
        .doesNotContain("tidemark_goroutines_");
    assertThat(get("/metrics/self"))
        .contains("tidemark_series{signal=\"goroutines\"} 1.0")
        .containsPattern("tidemark_backfill_progress_ratio\\{source=.* 1.0")
        .contains("tidemark_build_info")
        .contains("jvm_memory");
    assertThat(get("/api/v1/series?signal=goroutines"))
        .contains("\"workload\":\"api\"", "\"reason\":");
    assertThat(ask("GET", "/api/v1/series?limit=0").statusCode()).isEqualTo(400);
    HttpResponse<String> page = ask("GET", "/");
    assertThat(page.body()).contains("Top growers", "instance=&quot;a:1&quot;");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("default-src 'none'");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(ask("GET", "/nothing").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/-/reload").statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/api/v1/series", "/api/v1/health", "/api/v1/openapi.json", "/-/healthy"})
  void answers_head_as_get_without_a_body(String path) throws Exception {
    learn();
    assertThat(ask("HEAD", path).statusCode()).isEqualTo(200);
    assertThat(ask("HEAD", path).body()).isEmpty();
  }

  @Test
  void counts_every_reason_to_refuse_a_sample_from_the_start() throws Exception {
    for (String reason : List.of("not_finite", "off_grid", "out_of_order", "no_target")) {
      assertThat(get("/metrics/self"))
          .contains("tidemark_samples_refused_total{reason=\"" + reason + "\"} 0.0");
    }
  }

  @Test
  void draws_one_series_and_tells_what_is_remembered_of_it() throws Exception {
    learn();
    String id = "goroutines%7Binstance%3D%22a%3A1%22%2Cjob%3D%22api%22%7D";
    assertThat(get("/api/v1/series/" + id + "?window=1h"))
        .contains("\"history\":[{\"window\":\"1h\"", "\"stepSeconds\":30.0", "\"leakState\":0");
    assertThat(ask("GET", "/api/v1/series/" + id + "?window=2h").statusCode()).isEqualTo(400);
    assertThat(ask("GET", "/api/v1/series/" + id + "?from=1").statusCode()).isEqualTo(400);
    HttpResponse<String> none = ask("GET", "/api/v1/series/heap%7Ba%2Fb%7D");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("no series is called heap{a/b}");
    assertThat(get("/api/v1/openapi.json")).contains("\"openapi\": \"3.1.0\"");
    HttpResponse<String> page = ask("GET", "/series?id=" + id);
    assertThat(page.body()).contains("<svg viewBox=\"0 0 960 340\"", "class=\"band\"");
    assertThat(page.body()).contains("Score</th><td>");
    assertThat(ask("GET", "/series?id=x").statusCode()).isEqualTo(404);
    assertThat(get("/")).contains("href=\"/series?id=" + id);
  }

  @Test
  void says_that_it_cannot_draw_while_the_source_hangs_and_draws_again_after() throws Exception {
    learn();
    String id = "goroutines%7Binstance%3D%22a%3A1%22%2Cjob%3D%22api%22%7D";
    prometheus.is(Mood.HANGS);
    configure("labels: {add: [version]}"); // learnt anew, so it is asked for at once
    assertThat(ask("POST", "/-/reload").statusCode()).isEqualTo(200);
    HttpResponse<String> busy = ask("GET", "/api/v1/series/" + id);
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.body()).contains("the exporter was busy with source " + prometheus.url());
    assertThat(get("/series?id=" + id)).contains("It cannot be drawn now", "Other signals");
    assertThat(get("/metrics")).contains("tidemark_leak_state{");
    prometheus.is(Mood.WELL);
    String drawn = await("/api/v1/series/" + id, answer -> answer.statusCode() == 200);
    assertThat(drawn).contains("\"history\":[");
  }

  @Test
  void withdraws_what_became_stale_while_the_source_is_gone() throws Exception {
    learn();
    prometheus.close();
    clock.move(Duration.ofMinutes(6));
    String metrics = get("/metrics");
    assertThat(metrics)
        .contains("tidemark_goroutines_expected")
        .contains("tidemark_history_seconds")
        .doesNotContain("tidemark_score")
        .doesNotContain("tidemark_leak_state");
    assertThat(get("/-/ready")).contains("is ready: the newest data is 6 min old");
    assertThat(get("/")).contains("no data for 6 min");
  }

  @Test
  void shows_other_outputs_at_once_after_a_reload() throws Exception {
    learn();
    configure("outputs: {windows: [1h], quantiles: [0.5]}");
    assertThat(ask("POST", "/-/reload").statusCode()).isEqualTo(200);
    String unused =
        await(
            "/metrics",
            answer ->
                answer.body().contains("tidemark_goroutines_baseline{")
                    && answer.body().contains("window=\"1h\""));
  }

  @Test
  void learns_again_after_a_reload_that_changes_what_is_learnt_and_shows_the_old_until_then()
      throws Exception {
    learn();
    prometheus.is(Mood.STATUS_500);
    configure("labels: {add: [version]}");
    assertThat(ask("POST", "/-/reload").statusCode()).isEqualTo(200);
    assertThat(get("/metrics")).contains("tidemark_leak_state{").doesNotContain("version=");
    prometheus.is(Mood.WELL);
    String unused = await("/metrics", answer -> answer.body().contains("version=\"go1.24\""));
  }

  @Test
  void keeps_the_configuration_when_a_reload_is_wrong() throws Exception {
    learn();
    Files.writeString(folder.resolve("exporter.yml"), "interval: 0s\nhistorie: 7d\n");
    HttpResponse<String> answer = ask("POST", "/-/reload");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("exporter.yml:2:1: unknown key");
    assertThat(get("/metrics/self")).contains("tidemark_config_last_reload_successful 0.0");
    assertThat(get("/metrics")).contains("tidemark_leak_state{");
  }

  @Test
  void names_quantiles_after_what_they_are_of_while_other_ones_are_learnt() throws Exception {
    learn();
    configure("outputs: {windows: [1h], quantiles: [0.5]}");
    assertThat(ask("POST", "/-/reload").statusCode()).isEqualTo(200);
    String unused = await("/metrics", answer -> answer.body().contains("window=\"1h\""));
    prometheus.is(Mood.STATUS_500);
    configure("outputs: {windows: [24h], quantiles: [0.95]}\nlabels: {add: [version]}");
    assertThat(ask("POST", "/-/reload").statusCode()).isEqualTo(200);
    assertThat(get("/metrics"))
        .contains("quantile=\"0.5\"", "window=\"1h\"")
        .doesNotContain("quantile=\"0.95\"");
  }

  @Test
  void a_source_that_is_no_longer_asked_is_no_longer_told_of() throws Exception {
    learn();
    String old = prometheus.url().toString();
    assertThat(get("/metrics/self")).contains("last_success_timestamp_seconds{source=\"" + old);
    configure("");
    Path file = folder.resolve("exporter.yml");
    Files.writeString(file, Files.readString(file).replace(old, old + "/other"));
    assertThat(ask("POST", "/-/reload").statusCode()).isEqualTo(200);
    String unused =
        await(
            "/metrics/self",
            answer ->
                !answer.body().contains("last_success_timestamp_seconds{source=\"" + old + "\""));
  }

  @Test
  void a_reload_that_comes_when_it_is_closed_begins_nothing() throws Exception {
    prometheus.close();
    prometheus = new FakePrometheus(new Recording());
    configure("");
    ExporterApp other =
        new ExporterApp(
            folder.resolve("exporter.yml"),
            Shard.WHOLE,
            WebOptions.of(List.of("127.0.0.1:0"), null),
            null,
            clock);
    other.close();
    configure("labels: {add: [version]}");
    assertThatThrownBy(other::reload).hasMessageContaining("stopping");
    assertThat(prometheus.queries()).isEmpty();
  }
}
