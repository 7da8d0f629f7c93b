package dev.tidemark.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fleet.HealthView;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.fleet.TargetView;
import dev.tidemark.exporter.fleet.WorkloadView;
import dev.tidemark.exporter.health.Finding;
import dev.tidemark.exporter.health.HealthScore;
import dev.tidemark.exporter.health.MemoryAccount;
import dev.tidemark.exporter.health.Restart;
import dev.tidemark.exporter.health.TroubleClass;
import dev.tidemark.signals.signal.Catalogue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DescriptionTest {
  private static final Instant NOW = PageTest.NOW;

  private final Described described;

  DescriptionTest() throws IOException {
    described = new Described();
  }

  private static Condition condition() {
    TargetView target =
        new TargetView(
            "instance=\"a:1\",job=\"api\"",
            Map.of("job", "api"),
            List.of(new Finding(TroubleClass.GC_THRASH, Finding.Verdict.YES, "hard")),
            new HealthScore(50, Map.of(HealthScore.Part.CPU, 40.0)),
            new MemoryAccount(1_767_225_600_000L, 5e8, 4e8, 3e8, 4e8, 6e7, 1e7, Double.NaN),
            NOW.toEpochMilli() + 1);
    Restart restart =
        new Restart(
            NOW.toEpochMilli(),
            target.target(),
            Restart.Why.OOM_KILLED,
            90_000,
            List.of(new Restart.LastState("heap_live", 9, 10, LeakState.CONFIRMED, 2, "rising")));
    HealthView health =
        new HealthView(
            List.of(target),
            List.of(new WorkloadView(Map.of("workload", "api"), 3, 1, List.of(restart))));
    Supported supported =
        new Supported(
            List.of(Catalogue.load().find("sched_latency_p99").orElseThrow()),
            any -> Optional.of(Set.of("go_memstats_next_gc_bytes")));
    return new Condition(
        new Snapshot(
            NOW.toEpochMilli(), NOW, SnapshotShape.NO_QUANTILES, PageTest.few(), 1, health),
        List.of(),
        Duration.ofDays(7),
        NOW,
        supported);
  }

  @Test
  void every_answer_has_what_is_described_and_nothing_else() throws IOException {
    Condition condition = condition();
    String list = SeriesJson.of(condition, SeriesQuery.parse(Map.of())).toString();
    described.holds("/api/v1/series", 200, list);
    described.holds(
        "/api/v1/series",
        200,
        SeriesJson.of(condition, SeriesQuery.parse(Map.of("limit", List.of("1")))).toString());
    described.holds(
        "/api/v1/series/{id}",
        200,
        HistoryJson.of(
                PageTest.few().get(0),
                Remembered.day(i -> i == 3 ? Double.NaN : 180 + i),
                "",
                condition)
            .toString());
    described.holds("/api/v1/health", 200, HealthJson.of(condition, "").toString());
    described.holds("/api/v1/series/{id}", 503, Answer.error(503, "busy").body());
    assertThat(described.unreached()).as("schemas that no answer has").isEmpty();
  }

  @Test
  void the_parameters_are_those_that_are_known() {
    assertThat(described.parameters("/api/v1/series")).isEqualTo(SeriesQuery.NAMES);
    assertThat(described.parameters("/api/v1/series/{id}")).isEqualTo(HistoryJson.NAMES);
    assertThat(described.parameters("/api/v1/health")).isEqualTo(HealthJson.NAMES);
    List<String> orders = new ArrayList<>();
    for (JsonNode parameter :
        described.description().at("/paths/~1api~1v1~1series/get/parameters")) {
      if (parameter.path("name").asText().equals("sort")) {
        parameter.at("/schema/enum").forEach(word -> orders.add(word.asText()));
      }
      if (parameter.path("name").asText().equals("limit")) {
        assertThat(parameter.at("/schema/maximum").asInt()).isEqualTo(SeriesQuery.MAX_LIMIT);
        assertThat(parameter.at("/schema/default").asInt()).isEqualTo(SeriesQuery.DEFAULT_LIMIT);
      }
    }
    assertThat(orders).isEqualTo(SeriesOrder.words());
  }

  @Test
  void a_field_more_or_less_or_of_another_type_is_noticed() {
    ObjectNode page = SeriesJson.of(condition(), SeriesQuery.parse(Map.of()));
    ObjectNode more = page.deepCopy().put("more", 1);
    ObjectNode less = page.deepCopy();
    JsonNode unused = less.remove("judgedAt");
    ObjectNode other = page.deepCopy().put("judgedAt", 1);
    for (ObjectNode wrong : List.of(more, less, other)) {
      assertThatThrownBy(() -> described.holds("/api/v1/series", 200, wrong.toString()))
          .isInstanceOf(AssertionError.class);
    }
  }
}
