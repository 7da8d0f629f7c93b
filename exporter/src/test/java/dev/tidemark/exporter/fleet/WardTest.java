package dev.tidemark.exporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.forecast.ForecastConfig;
import dev.tidemark.exporter.checkpoint.Block;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.exposition.JudgedMetrics;
import dev.tidemark.exporter.exposition.Outputs;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.exporter.health.Finding;
import dev.tidemark.exporter.health.HealthConfig;
import dev.tidemark.exporter.health.Lookups;
import dev.tidemark.exporter.health.Restart;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.Column;
import dev.tidemark.exporter.source.Event;
import dev.tidemark.exporter.source.LimitTable;
import dev.tidemark.exporter.source.Lookup;
import dev.tidemark.signals.fact.Facts;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WardTest {
  private static final List<Lookup> LOOKUPS =
      Lookups.of(List.of(Learned.goroutines()), Catalogue.load());

  private static final FleetListener NOBODY =
      new FleetListener() {
        @Override
        public void seriesRefused(Refusal reason) {}

        @Override
        public void sampleIgnored() {}
      };

  private final FleetShape shape = shape();
  private Fleet fleet = new Fleet(shape, NOBODY);
  private long slot;

  private static FleetShape shape() {
    try {
      HealthConfig health = StrictYaml.read("health.yml", "{}", HealthConfig.class);
      ForecastConfig forecast =
          new ForecastConfig(Duration.ofSeconds(30), List.of(Duration.ofMinutes(5)));
      return Learned.shape()
          .caringFor(
              new CareShape(
                  Optional.of(health), LOOKUPS, Optional.of(forecast), Set.of("goroutines")));
    } catch (ProblemsException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a slot tells of some pods. */
  private final class Told {
    final Map<String, Double> goroutines = new HashMap<>();
    final Map<String, Double> starts = new HashMap<>();
    final Map<String, Map<TargetKey, Double>> facts = new HashMap<>();
    final Map<String, Map<TargetKey, Double>> limits = new HashMap<>();

    Told runs(String pod, double value) {
      goroutines.put(pod, value);
      return this;
    }

    Told started(String pod, long epochSeconds) {
      starts.put(pod, (double) epochSeconds);
      return this;
    }

    Told fact(String id, Map<String, String> labels, double value) {
      facts
          .computeIfAbsent(id, i -> new HashMap<>())
          .put(TargetKey.of(labels).orElseThrow(), value);
      return this;
    }

    Told limit(String expr, Map<String, String> labels, double value) {
      limits.put(expr, Map.of(TargetKey.of(labels).orElseThrow(), value));
      return this;
    }

    void apply() {
      slot++;
      long at = Scene.at(slot);
      Map<TargetKey, Column> columns = new HashMap<>();
      List<Event> came = new ArrayList<>();
      List<Event> began = new ArrayList<>();
      goroutines.forEach(
          (pod, value) -> {
            Column column = new Column(1);
            column.merge(0, value);
            columns.put(TargetKey.of(Scene.pod(pod)).orElseThrow(), column);
            came.add(new Event(at, Scene.pod(pod), 1));
          });
      starts.forEach((pod, seconds) -> began.add(new Event(at, Scene.pod(pod), seconds)));
      List<LimitTable> tables = new ArrayList<>();
      limits.forEach((expr, table) -> tables.add(new LimitTable(at, expr, table)));
      if (!facts.isEmpty()) {
        for (Lookup lookup : LOOKUPS) {
          tables.add(new LimitTable(at, lookup.name(), facts.getOrDefault(lookup.id(), Map.of())));
        }
      }
      fleet.apply(
          new Chunk(
              at,
              1,
              Scene.STEP,
              Map.of(Learned.goroutines(), columns),
              came,
              began,
              List.of(),
              tables,
              List.of(),
              Map.of(),
              new Chunk.Rejected(0, 0, 0)));
    }
  }

  private Told told() {
    return new Told();
  }

  private HealthView view() {
    return snapshot().health();
  }

  private Snapshot snapshot() {
    return fleet.snapshot(Instant.ofEpochMilli(Scene.at(slot)), SnapshotShape.NO_QUANTILES);
  }

  private long seconds() {
    return Scene.at(slot) / 1000;
  }

  @Test
  void facts_of_the_target_and_of_its_pod_make_findings() {
    Map<String, String> pod = Map.of("namespace", "pay", "pod", "api-1");
    for (int i = 0; i < 4; i++) { // a target that comes is looked up from the next time on
      told()
          .runs("api-1", 10)
          .runs("api-2", 10)
          .fact("gc_cpu_fraction", Scene.pod("api-2"), 0.4)
          .fact("gc_rate", Scene.pod("api-2"), 4)
          .fact("node_unwell", pod, 1)
          .apply();
    }
    assertThat(view().targets()).hasSize(2);
    assertThat(troubles(0)).containsExactly("node_pressure");
    List<String> ofSecond =
        Catalogue.load().find("gc_cpu_fraction").isPresent() ? List.of("gc_thrash") : List.of();
    assertThat(troubles(1)).containsExactlyElementsOf(ofSecond);
  }

  @Test
  void to_be_told_the_limits_between_two_looks_is_no_look() {
    String limit = Facts.load().find("memory_limit").orElseThrow().expr();
    for (int look = 1; look <= 3; look++) { // the first one is before the target came
      told()
          .runs("api-1", 10)
          .fact("gc_cpu_fraction", Scene.pod("api-1"), 0.4)
          .fact("gc_rate", Scene.pod("api-1"), 4)
          .apply();
      for (int i = 0; i < 3; i++) {
        told().runs("api-1", 10).limit(limit, Scene.pod("api-1"), 1e9 + i).apply();
        assertThat(troubles(0)).as("look %s", look).hasSize(look < 3 ? 0 : 1);
      }
    }
  }

  private List<String> troubles(int target) {
    return view().targets().get(target).findings().stream()
        .filter(Finding::isTrue)
        .map(finding -> finding.trouble().label())
        .toList();
  }

  @Test
  void restarts_are_counted_by_workload_with_the_state_before_them() {
    told().runs("api-5f7c8d9b4d-x2x4z", 10).started("api-5f7c8d9b4d-x2x4z", 1_000).apply();
    told().runs("api-5f7c8d9b4d-x2x4z", 777).apply();
    assertThat(view().workloads()).isEmpty();
    told()
        .runs("api-5f7c8d9b4d-x2x4z", 3)
        .started("api-5f7c8d9b4d-x2x4z", seconds() + 10)
        .runs("api-6f7c8d9b4d-q2q4q", 10)
        .started("api-6f7c8d9b4d-q2q4q", seconds())
        .apply();
    told().started("api-6f7c8d9b4d-q2q4q", seconds() + 10).runs("api-6f7c8d9b4d-q2q4q", 2).apply();
    WorkloadView workload = view().workloads().get(0);
    assertThat(view().workloads()).hasSize(1);
    assertThat(workload.labels())
        .isEqualTo(Map.of("namespace", "pay", "workload", "api", "container", "app"));
    assertThat(workload.restarts()).isEqualTo(2);
    Restart first = workload.recent().get(0);
    assertThat(first.before()).hasSize(1);
    assertThat(first.before().get(0).value()).isEqualTo(777);
    assertThat(first.before().get(0).limit()).isEqualTo(10_000);
    assertThat(first.why()).isEqualTo(Restart.Why.UNKNOWN);
  }

  @Test
  void a_kill_explains_the_restart_and_all_survives_our_own() throws IOException {
    told()
        .runs("api-1", 10)
        .started("api-1", 1_000)
        .fact("container_restarts", Scene.pod("api-1"), 0)
        .apply();
    told().runs("api-1", 20).started("api-1", seconds() + 20).apply();
    told()
        .runs("api-1", 20)
        .fact("container_restarts", Scene.pod("api-1"), 1)
        .fact("last_exit", Scene.pod("api-1"), 4)
        .fact("last_exit_time", Scene.pod("api-1"), seconds() - 10.0)
        .apply();
    WorkloadView before = view().workloads().get(0);
    assertThat(before.oomKills()).isEqualTo(1);
    assertThat(before.restarts()).isEqualTo(1);
    assertThat(before.recent()).hasSize(1);
    assertThat(before.recent().get(0).why()).isEqualTo(Restart.Why.OOM_KILLED);
    byte[] state = bytes();
    fleet = reread();
    assertThat(bytes()).isEqualTo(state);
    told()
        .runs("api-1", 20)
        .fact("container_restarts", Scene.pod("api-1"), 1)
        .fact("last_exit", Scene.pod("api-1"), 4)
        .fact("last_exit_time", Scene.pod("api-1"), seconds() - 40.0)
        .apply();
    assertThat(view().workloads().get(0)).isEqualTo(before);
  }

  @Test
  void collections_are_counted_from_the_start_and_how_even_they_are_survives_our_own_restart()
      throws IOException {
    long start = seconds() - 100;
    told().runs("api-1", 10).started("api-1", start).apply();
    double total = 0;
    for (int i = 0; i < 20; i++) {
      told()
          .runs("api-1", 10)
          .fact("gc_cycles", Scene.pod("api-1"), total += 30)
          .fact("gc_rate", Scene.pod("api-1"), 1)
          .fact("gc_pause_p99", Scene.pod("api-1"), 0.05)
          .fact("heap_inuse", Scene.pod("api-1"), 950)
          .fact("gomemlimit", Scene.pod("api-1"), 1000)
          .apply();
    }
    assertThat(troubles(0)).isEmpty();
    byte[] state = bytes();
    fleet = reread();
    assertThat(bytes()).isEqualTo(state);
    for (int i = 0; i < 2; i++) {
      told()
          .runs("api-1", 10)
          .fact("gc_cycles", Scene.pod("api-1"), total += 6)
          .fact("gc_rate", Scene.pod("api-1"), 1)
          .fact("gc_pause_p99", Scene.pod("api-1"), 0.05)
          .fact("heap_inuse", Scene.pod("api-1"), 950)
          .fact("gomemlimit", Scene.pod("api-1"), 1000)
          .apply();
    }
    assertThat(troubles(0)).containsExactly("gc_thrash");
  }

  @Test
  void the_process_that_tells_its_start_after_its_container_did_has_not_restarted() {
    told().runs("api-1", 10).apply();
    slot++;
    long at = Scene.at(slot);
    fleet.apply(
        new Chunk(
            at,
            1,
            Scene.STEP,
            Map.of(),
            List.of(),
            List.of(),
            List.of(new Event(at, Scene.pod("api-1"), 1_000)),
            List.of(),
            List.of(),
            Map.of(),
            new Chunk.Rejected(0, 0, 0)));
    told().runs("api-1", 10).started("api-1", 1_030).apply();
    assertThat(view().workloads()).isEmpty();
    told().runs("api-1", 10).started("api-1", 5_000).apply();
    assertThat(view().workloads().get(0).restarts()).isEqualTo(1);
  }

  @Test
  void forecasts_are_made_and_written_and_read() throws IOException {
    for (int i = 0; i < 40; i++) {
      told().runs("api-1", 100).apply();
    }
    assertThat(snapshot().series().get(0).beside().forecasts())
        .hasSize(1)
        .allSatisfy(forecast -> assertThat(forecast.value()).isEqualTo(100));
    Snapshot before = snapshot();
    fleet = reread();
    assertThat(snapshot().series().get(0).beside()).isEqualTo(before.series().get(0).beside());
  }

  @Test
  void a_leaking_workload_is_never_fed_to_the_autoscaler() throws IOException {
    for (int i = 0; i < 400; i++) {
      told()
          .runs("leaky-0", 50 + 20.0 * i + i % 5)
          .runs("leaky-1", 300 + i % 7)
          .runs("calm-0", 300 + i % 7)
          .started("leaky-0", Scene.at(0) / 1000)
          .started("leaky-1", Scene.at(0) / 1000)
          .started("calm-0", Scene.at(0) / 1000)
          .apply();
    }
    List<String> lines = exposed();
    assertThat(lines)
        .filteredOn(line -> line.contains("pod=\"leaky-0\""))
        .anyMatch(line -> line.startsWith("tidemark_leak_state{") && line.endsWith(" 2.0"));
    List<String> forecasts = lines.stream().filter(line -> line.contains("_forecast")).toList();
    assertThat(forecasts)
        .as("nor are the healthy pods beside the one that leaks, which it would add more of")
        .noneMatch(line -> line.contains("workload=\"leaky\""));
    assertThat(forecasts)
        .filteredOn(line -> line.contains("pod=\"calm-0\""))
        .extracting(line -> line.substring(0, line.indexOf('{')))
        .containsExactlyInAnyOrder(
            MetricNames.forecast(Learned.goroutines()),
            MetricNames.forecastError(Learned.goroutines()));
  }

  /** The samples of a scrape. */
  private List<String> exposed() throws IOException {
    Snapshot snapshot = snapshot();
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(
        new JudgedMetrics(
            () -> snapshot,
            () -> new Outputs(false, true),
            () -> Instant.ofEpochMilli(Scene.at(slot))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fleet.encode(out);
    return out.toByteArray();
  }

  private Fleet reread() throws IOException {
    FleetReader reader = new FleetReader(shape, NOBODY);
    List<FleetReader.Part> parts = new ArrayList<>();
    for (Block block : fleet.blocks()) {
      BlockOutput out = new BlockOutput();
      block.write(out);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      out.writeTo(bytes);
      reader.block(block.kind(), new BlockInput(bytes.toByteArray())).ifPresent(parts::add);
    }
    return reader.state(fleet.lastSlot(), parts);
  }
}
