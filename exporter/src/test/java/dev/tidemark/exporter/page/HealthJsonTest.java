package dev.tidemark.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthJsonTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void a_pod_is_told_with_how_its_workload_ended_also_one_that_is_gone() {
    Map<String, String> pod =
        Map.of("namespace", "pay", "pod", "api-1", "container", "app", "workload", "api");
    TargetView target =
        new TargetView(
            "container=\"app\",namespace=\"pay\",pod=\"api-1\"",
            pod,
            List.of(),
            new HealthScore(Double.NaN, Map.of()),
            MemoryAccount.NONE,
            NOW.toEpochMilli() + 1);
    Restart gone =
        new Restart(
            NOW.toEpochMilli(),
            "container=\"app\",namespace=\"pay\",pod=\"api-0\"",
            Restart.Why.OOM_KILLED,
            90_000,
            List.of());
    HealthView health =
        new HealthView(
            List.of(target),
            List.of(
                workload("pay", "api", List.of(gone)),
                workload("other", "api", List.of()),
                workload("pay", "web", List.of())));
    Snapshot snapshot = new Snapshot(1, NOW, SnapshotShape.NO_QUANTILES, List.of(), 1, health);
    Condition condition =
        new Condition(snapshot, List.of(), Duration.ofDays(7), NOW, Supported.NOT_KNOWN);
    for (String match : List.of("api-1", "pod=\"api-0\"")) {
      assertThat(HealthJson.of(condition, match).path("workloads")).as(match).hasSize(1);
      assertThat(HealthJson.of(condition, match).at("/workloads/0/labels/namespace").asText())
          .isEqualTo("pay");
    }
    assertThat(HealthJson.of(condition, "").path("workloads")).hasSize(3);
    assertThat(HealthJson.of(condition, "web").path("workloads")).hasSize(1);
  }

  private static WorkloadView workload(String namespace, String name, List<Restart> recent) {
    return new WorkloadView(
        Map.of("namespace", namespace, "workload", name, "container", "app"), 1, 1, recent);
  }

  @Test
  void tells_why_a_target_is_ill_and_how_its_processes_ended() {
    TargetView target =
        new TargetView(
            "pod=\"api-1\"",
            Map.of("pod", "api-1"),
            List.of(
                new Finding(TroubleClass.GC_THRASH, Finding.Verdict.YES, "hard"),
                new Finding(TroubleClass.NODE_PRESSURE, Finding.Verdict.UNKNOWN, "x")),
            new HealthScore(Double.NaN, Map.of()),
            new MemoryAccount(
                NOW.toEpochMilli(),
                512 << 20,
                480 << 20,
                300 << 20,
                420 << 20,
                Double.NaN,
                Double.NaN,
                30 << 20),
            NOW.toEpochMilli() + 1);
    Restart restart =
        new Restart(
            NOW.toEpochMilli(),
            "pod=\"api-1\"",
            Restart.Why.OOM_KILLED,
            90_000,
            List.of(
                new Restart.LastState(
                    "heap_live", 9, Double.NaN, LeakState.CONFIRMED, 2, "rising")));
    HealthView health =
        new HealthView(
            List.of(target),
            List.of(new WorkloadView(Map.of("workload", "api"), 3, 1, List.of(restart))));
    Snapshot snapshot = new Snapshot(1, NOW, SnapshotShape.NO_QUANTILES, List.of(), 1, health);
    Condition condition =
        new Condition(snapshot, List.of(), Duration.ofDays(7), NOW, Supported.NOT_KNOWN);
    assertThat(HealthJson.of(condition, "api").toString())
        .isEqualTo(
            "{\"targets\":[{\"target\":\"pod=\\\"api-1\\\"\",\"labels\":{\"pod\":\"api-1\"},"
                + "\"score\":null,\"parts\":{},\"memory\":{\"at\":\"2026-01-01T00:00:00Z\",\"workingSetBytes\":5.36870912E8,"
                + "\"residentBytes\":5.0331648E8,\"goBytes\":3.145728E8,\"gapBytes\":2.22298112E8,"
                + "\"outsideGoBytes\":1.2582912E8,\"pageCacheBytes\":null,\"mappedFilesBytes\":null,\"kernelBytes\":3.145728E7,\"reason\":\"the"
                + " container's working set is 512 MiB, the process has resident 480 MiB, Go holds"
                + " 300 MiB: 212 MiB are not Go's (C memory, mmap: 120 MiB; kernel memory: 30"
                + " MiB)\"},\"troubles\":["
                + "{\"class\":\"gc_thrash\",\"present\":true,\"reason\":\"hard\"},{\"class\":\"node_pressure\",\"present\":null,\"reason\":\"not"
                + " known: x\"}]}],"
                + "\"workloads\":[{\"labels\":{\"workload\":\"api\"},\"restarts\":3,\"oomKills\":1,"
                + "\"recent\":[{\"at\":\"2026-01-01T00:00:00Z\",\"target\":\"pod=\\\"api-1\\\"\","
                + "\"why\":\"oom_killed\",\"livedSeconds\":90.0,\"before\":[{\"signal\":\"heap_live\","
                + "\"value\":9.0,\"limit\":null,\"leakState\":2,\"growthPerSecond\":2.0,"
                + "\"reason\":\"rising\"}]}]}]}");
    assertThat(HealthJson.of(condition, "web").toString())
        .isEqualTo("{\"targets\":[],\"workloads\":[]}");
  }
}
