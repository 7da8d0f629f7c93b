package dev.tidemark.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fake.Golden;
import dev.tidemark.exporter.fleet.HealthView;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.fleet.TargetView;
import dev.tidemark.exporter.fleet.WorkloadView;
import dev.tidemark.exporter.health.Finding;
import dev.tidemark.exporter.health.HealthScore;
import dev.tidemark.exporter.health.MemoryAccount;
import dev.tidemark.exporter.health.TroubleClass;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JudgedMetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final double NONE = Double.NaN;

  private static Signal signal(String id) {
    return Catalogue.load().find(id).orElseThrow();
  }

  private static SeriesView view(
      String id, String instance, Judgement judgement, List<List<Double>> quantiles) {
    return new SeriesView(
        "instance=\"" + instance + "\",job=\"api\"",
        signal(id),
        Map.of("job", "api", "instance", instance, "workload", "api"),
        "api",
        judgement,
        10_000,
        0,
        NOW.toEpochMilli() + 300_000,
        quantiles);
  }

  private static Judgement judged(double score, LeakState state) {
    return new Judgement(
        NOW.toEpochMilli(),
        120,
        100,
        130,
        70,
        score,
        state,
        0.5,
        List.of(
            new HorizonGrowth(Duration.ofHours(1), 3_600_000, 0.5, 0.001, true, state, "rises"),
            new HorizonGrowth(
                Duration.ofHours(24), 3_600_000, NONE, NONE, false, LeakState.NONE, "")),
        state == LeakState.NONE ? NONE : 19_760,
        86_400_000,
        false,
        false,
        "because");
  }

  private static String scrape(SnapshotShape shape, Instant at, SeriesView... series)
      throws IOException {
    Snapshot snapshot = new Snapshot(NOW.toEpochMilli(), NOW, shape, List.of(series), 1);
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(
        new JudgedMetrics(
            () -> snapshot, () -> new Outputs(!shape.windows().isEmpty(), false), () -> at));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String scrape(HealthView health, boolean all) throws IOException {
    Snapshot snapshot =
        new Snapshot(NOW.toEpochMilli(), NOW, SnapshotShape.NO_QUANTILES, List.of(), 1, health);
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(new JudgedMetrics(() -> snapshot, () -> new Outputs(false, all), () -> NOW));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void a_trouble_costs_a_series_while_it_is_there_and_restarts_two_a_workload() throws IOException {
    Map<String, String> labels = Map.of("instance", "a:1");
    TargetView ill =
        new TargetView(
            "instance=\"a:1\"",
            labels,
            List.of(
                new Finding(TroubleClass.GC_THRASH, Finding.Verdict.YES, "why"),
                new Finding(TroubleClass.HEAP_LEAK, Finding.Verdict.NO, "why"),
                new Finding(TroubleClass.NODE_PRESSURE, Finding.Verdict.UNKNOWN, "why")),
            new HealthScore(40, Map.of(HealthScore.Part.COLLECTOR, 20.0)),
            MemoryAccount.NONE,
            NOW.toEpochMilli() + 1);
    TargetView old =
        new TargetView(
            "instance=\"b:1\"",
            Map.of("instance", "b:1"),
            ill.findings(),
            ill.score(),
            MemoryAccount.NONE,
            NOW.toEpochMilli());
    WorkloadView workload = new WorkloadView(Map.of("workload", "api"), 7, 2, List.of());
    HealthView health = new HealthView(List.of(ill, old), List.of(workload, workload));
    String kills = "tidemark_oom_kills_total{workload=\"api\"} 4.0";
    String restarts = "tidemark_restarts_total{workload=\"api\"} 14.0";
    String thrash = "tidemark_trouble{class=\"gc_thrash\",instance=\"a:1\"} 1.0";
    assertThat(scrape(health, false).lines()).containsExactly(kills, restarts, thrash);
    assertThat(scrape(health, true).lines())
        .containsExactly(
            "tidemark_health_part{instance=\"a:1\",part=\"collector\"} 20.0",
            "tidemark_health_score{instance=\"a:1\"} 40.0",
            kills,
            restarts,
            thrash,
            "tidemark_trouble{class=\"heap_leak\",instance=\"a:1\"} 0.0");
  }

  private static final SnapshotShape PLAIN = SnapshotShape.NO_QUANTILES;

  @Test
  void shows_what_the_golden_file_shows() throws IOException {
    SnapshotShape all =
        new SnapshotShape(
            List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7)),
            List.of(0.5, 0.95, 1.0),
            List.of(0, 1, 2));
    List<List<Double>> quantiles =
        List.of(List.of(100.0, 120.0, 125.0), List.of(99.0, 118.0, NONE), List.of(1.5, 2.5, 3.5));
    String text =
        scrape(
            all,
            NOW,
            view("goroutines", "a:1", judged(0.4, LeakState.NONE), quantiles),
            view("heap_live", "a:1", judged(NONE, LeakState.CONFIRMED), List.of()),
            view("goroutines", "b\"\\\n:1", judged(2.5, LeakState.SUSPECTED), List.of()));
    Golden.check("metrics.txt", text);
    assertThat(text).doesNotContain("NaN");
  }

  @Test
  void four_values_and_the_history_are_all_that_a_quiet_series_costs() throws IOException {
    String text =
        scrape(PLAIN, NOW, view("goroutines", "a:1", judged(0.4, LeakState.NONE), List.of()));
    assertThat(text.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\\{")[0]))
        .containsExactlyInAnyOrder(
            "tidemark_goroutines_expected",
            "tidemark_goroutines_upper",
            "tidemark_score",
            "tidemark_leak_state",
            "tidemark_history_seconds");
  }

  @Test
  void what_became_too_old_since_the_snapshot_is_left_out_of_the_scrape() throws IOException {
    String text =
        scrape(
            PLAIN,
            NOW.plusSeconds(300),
            view("goroutines", "a:1", judged(0.4, LeakState.CONFIRMED), List.of()));
    assertThat(text.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\\{")[0]))
        .containsExactlyInAnyOrder(
            "tidemark_goroutines_expected",
            "tidemark_goroutines_upper",
            "tidemark_history_seconds");
  }

  @Test
  void a_target_that_gets_other_labels_is_shown_with_them_in_the_next_scrape() {
    AtomicReference<Snapshot> shown = new AtomicReference<>(Snapshot.NONE);
    JudgedMetrics metrics =
        new JudgedMetrics(shown::get, () -> new Outputs(false, false), () -> NOW);
    SeriesView a = view("goroutines", "a:1", judged(0.4, LeakState.NONE), List.of());
    SeriesView b = view("goroutines", "b:1", judged(0.4, LeakState.NONE), List.of());
    shown.set(new Snapshot(NOW.toEpochMilli(), NOW, PLAIN, List.of(a), 1));
    assertThat(instances(metrics)).containsOnly("a:1");
    assertThat(instances(metrics)).containsOnly("a:1");
    shown.set(new Snapshot(NOW.toEpochMilli(), NOW, PLAIN, List.of(b), 1));
    assertThat(instances(metrics)).containsOnly("b:1");
    shown.set(new Snapshot(NOW.toEpochMilli(), NOW, PLAIN, List.of(a, b), 1));
    assertThat(instances(metrics)).containsOnly("a:1", "b:1");
  }

  @Test
  void targets_that_come_and_go_leave_every_scrape_as_a_first_one_would_be() throws IOException {
    AtomicReference<Snapshot> shown = new AtomicReference<>(Snapshot.NONE);
    JudgedMetrics known = new JudgedMetrics(shown::get, () -> new Outputs(false, false), () -> NOW);
    Random random = new Random(7);
    TreeMap<String, SeriesView> there = new TreeMap<>();
    for (int step = 0; step < 200; step++) {
      for (int change = random.nextInt(4); change > 0; change--) {
        int number = random.nextInt(12);
        String signal = random.nextBoolean() ? "goroutines" : "heap_live";
        String target = "instance=\"" + number + "\"";
        String place = target + signal;
        if (there.remove(place) == null) {
          // the order of the labels is not the order of the targets
          Map<String, String> labels =
              Map.of("app", "x" + random.nextInt(5), "instance", "" + number);
          there.put(
              place,
              new SeriesView(
                  target,
                  signal(signal),
                  labels,
                  "api",
                  judged(step, LeakState.NONE),
                  NONE,
                  0,
                  NOW.toEpochMilli() + 1,
                  List.of()));
        }
      }
      shown.set(new Snapshot(NOW.toEpochMilli(), NOW, PLAIN, List.copyOf(there.values()), 1));
      JudgedMetrics fresh =
          new JudgedMetrics(shown::get, () -> new Outputs(false, false), () -> NOW);
      assertThat(text(known)).as("step %d", step).isEqualTo(text(fresh));
    }
  }

  private static String text(JudgedMetrics metrics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, metrics.collect());
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Set<String> instances(JudgedMetrics metrics) {
    return metrics.collect().stream()
        .flatMap(family -> family.getDataPoints().stream())
        .map(point -> String.valueOf(point.getLabels().get("instance")))
        .collect(Collectors.toSet());
  }
}
