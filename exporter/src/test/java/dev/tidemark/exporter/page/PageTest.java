package dev.tidemark.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fake.Golden;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.source.SourceStatus;
import dev.tidemark.signals.signal.Catalogue;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final double NONE = Double.NaN;
  private static final Catalogue CATALOGUE = Catalogue.load();

  static SeriesView view(
      String signal, String instance, double score, LeakState state, Instant dataAt) {
    Judgement judgement =
        new Judgement(
            dataAt.toEpochMilli(),
            signal.equals("goroutines") ? 1043 : 81_788_928,
            180,
            205,
            155,
            score,
            state,
            state == LeakState.NONE ? NONE : 0.0106,
            List.of(
                new HorizonGrowth(
                    Duration.ofHours(6),
                    18_720_000,
                    0.0106,
                    0.0003,
                    state != LeakState.NONE,
                    state,
                    "rising 38/h for 5.2 h")),
            state == LeakState.NONE ? NONE : 111_600,
            604_800_000,
            state != LeakState.NONE,
            false,
            state == LeakState.NONE
                ? "not rising"
                : "rising 38/h for 5.2 h, p = 0.0003, reaches 10,000 in 31 h");
    return new SeriesView(
        "instance=\"" + instance + "\",job=\"api\"",
        CATALOGUE.find(signal).orElseThrow(),
        Map.of("job", "api", "instance", instance, "workload", "api"),
        "api",
        judgement,
        signal.equals("goroutines") ? 10_000 : NONE,
        NOW.minusSeconds(40_000).toEpochMilli(),
        dataAt.toEpochMilli() + 300_000,
        List.of());
  }

  static Condition condition(List<SeriesView> series) {
    return new Condition(
        new Snapshot(
            NOW.minusSeconds(40).toEpochMilli(), NOW, SnapshotShape.NO_QUANTILES, series, 1),
        List.of(
            new SourceStatus(
                "http://prometheus:9090",
                1,
                NOW.minusSeconds(40).toEpochMilli(),
                NOW.minusSeconds(10),
                "")),
        Duration.ofDays(7),
        NOW,
        Supported.NOT_KNOWN);
  }

  static List<SeriesView> few() {
    Instant fresh = NOW.minusSeconds(40);
    return List.of(
        view("goroutines", "a:1", 24.5, LeakState.CONFIRMED, fresh),
        view("heap_live", "a:1", 0.2, LeakState.NONE, fresh),
        view("goroutines", "b:1", 0.1, LeakState.NONE, NOW.minusSeconds(1200)));
  }

  @Test
  void the_page_is_as_the_golden_file() throws IOException {
    Golden.check("page.html", IndexPage.of(condition(few()), ""));
  }

  @Test
  void the_api_is_as_the_golden_file() throws IOException {
    String json =
        new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(
                SeriesJson.of(condition(few()), SeriesQuery.parse(Map.of("limit", List.of("2")))));
    Golden.check("series.json", json + "\n");
  }

  @Test
  void nothing_from_a_label_or_a_search_becomes_markup() {
    String evil = "<script>alert(1)</script>\"'&";
    SeriesView view = view("goroutines", evil, 2, LeakState.CONFIRMED, NOW);
    String html = IndexPage.of(condition(List.of(view)), evil);
    assertThat(html).doesNotContain("<script").doesNotContain("\"'&").contains("&lt;script&gt;");
    Condition down =
        new Condition(
            Snapshot.NONE,
            List.of(new SourceStatus("http://p", 0, 0, Instant.EPOCH, "not_json: " + evil)),
            Duration.ofDays(7),
            NOW,
            Supported.NOT_KNOWN);
    assertThat(IndexPage.of(down, "")).doesNotContain("<script").contains("not_json");
  }

  @Test
  void says_in_words_how_old_the_data_is_and_what_is_wrong() {
    Condition down =
        new Condition(
            new Snapshot(
                NOW.minusSeconds(1300).toEpochMilli(), NOW, SnapshotShape.NO_QUANTILES, few(), 1),
            List.of(
                new SourceStatus(
                    "http://p", 1, 0, NOW.minusSeconds(1200), "timeout: no answer in 30 s")),
            Duration.ofDays(7),
            NOW,
            Supported.NOT_KNOWN);
    assertThat(IndexPage.of(down, ""))
        .contains("22 min old")
        .contains("timeout: no answer in 30 s");
    assertThat(down.notReady()).isEmpty();
    assertThat(down.readiness())
        .isEqualTo("the newest data is 22 min old; the source: timeout: no answer in 30 s");
    Condition learning =
        new Condition(
            Snapshot.NONE,
            List.of(new SourceStatus("http://p", 0.37, 1, NOW, "")),
            Duration.ofDays(7),
            NOW,
            Supported.NOT_KNOWN);
    assertThat(learning.notReady()).contains("37 % of the last 7 d is learnt");
  }

  @Test
  void pages_lead_through_all_series_once_even_when_one_vanishes() {
    List<SeriesView> many = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      String instance = "h" + (char) ('a' + i) + ":1";
      many.add(view("goroutines", instance, 0.1, LeakState.NONE, NOW));
      many.add(view("heap_live", instance, 0.1, LeakState.NONE, NOW));
    }
    List<String> seen = new ArrayList<>();
    String next = "/api/v1/series?limit=7";
    while (next != null) {
      var page = SeriesJson.of(condition(many), SeriesQuery.parse(parameters(next)));
      page.get("series").forEach(series -> seen.add(series.get("id").asText()));
      next = page.get("next").textValue();
    }
    assertThat(seen).hasSize(50).doesNotHaveDuplicates();

    String after = seen.get(6);
    List<SeriesView> fewer = new ArrayList<>(many);
    fewer.removeIf(view -> view.target().equals(many.get(6).target()));
    SeriesQuery query = SeriesQuery.parse(Map.of("after", List.of(after)));
    assertThat(query.from(fewer, NOW).series().get(0).target()).isEqualTo(many.get(8).target());

    List<SeriesView> withoutOne = new ArrayList<>(many);
    withoutOne.removeIf(view -> SeriesId.of(view).toString().equals(after));
    assertThat(query.from(withoutOne, NOW).series().get(0))
        .as("what is left of the same target is not passed over")
        .isEqualTo(many.get(7));
  }

  @ParameterizedTest
  @CsvSource({
    "signal, heap_live, 1",
    "signal, nothing, 0",
    "leak_state, 2, 1",
    "leak_state, confirmed, 1",
    "leak_state, none, 1",
    "match, INSTANCE=\"A, 2",
    "match, b:1, 1",
    "match, goroutines, 2",
    "limit, 1, 1",
    "workload, api, 3",
    "workload, ap, 0",
    "namespace, pay, 0",
    "score_above, 0.15, 2",
    "score_above, 1e1, 1",
    "score_above, -5, 2",
    "stale, true, 1",
    "stale, false, 2",
    "sort, score, 3",
  })
  void filters(String name, String value, int count) {
    SeriesQuery query = SeriesQuery.parse(Map.of(name, List.of(value)));
    assertThat(query.from(few(), NOW).series()).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 1001",
    "limit, -1",
    "limit, x",
    "limit, 99999999999",
    "leak_state, 3",
    "leak_state, yes",
    "score_above, NaN",
    "score_above, much",
    "stale, yes",
    "sort, name",
    "sorted, score"
  })
  void refuses_parameters_it_does_not_know(String name, String value) {
    assertThatThrownBy(() -> SeriesQuery.parse(Map.of(name, List.of(value))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Map<String, List<String>> parameters(String url) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : url.substring(url.indexOf('?') + 1).split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], List.of(URLDecoder.decode(parts[1], StandardCharsets.UTF_8)));
    }
    return parameters;
  }

  @Test
  void the_api_does_not_say_that_nothing_is_missing_before_it_was_asked() {
    JsonNode row =
        SeriesJson.of(condition(few()), SeriesQuery.parse(Map.of())).path("series").path(0);
    assertThat(row.path("missing").isNull()).isTrue();
    assertThat(row.path("basis").isNull()).isTrue();
  }

  @Test
  void the_api_says_what_a_value_is_made_from_and_what_the_target_lacks() {
    Catalogue catalogue = Catalogue.load();
    Supported supported =
        new Supported(
            List.of(
                catalogue.find("heap_live").orElseThrow(),
                catalogue.find("sched_latency_p99").orElseThrow()),
            target -> Optional.of(Set.of("go_goroutines", "go_memstats_next_gc_bytes")));
    Condition plain = condition(few());
    JsonNode row =
        SeriesJson.of(
                new Condition(
                    plain.snapshot(), plain.sources(), plain.history(), plain.now(), supported),
                SeriesQuery.parse(Map.of("signal", List.of("goroutines"))))
            .path("series")
            .path(0);
    assertThat(row.path("basis").asText()).isEqualTo("exact");
    assertThat(row.path("exactWith").isNull()).isTrue();
    assertThat(row.path("missing")).hasSize(1);
    assertThat(row.path("missing").path(0).path("signal").asText()).isEqualTo("sched_latency_p99");
    assertThat(row.path("missing").path(0).path("hint").asText())
        .startsWith("go_sched_latencies_seconds_bucket is not exposed: collectors.NewGoCollector(");
  }
}
