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
  void tells_why_a_target_is_ill_and_how_its_processes_ended() {
    TargetView target =
        new TargetView(
            "pod=\"api-1\"",
            Map.of("pod", "api-1"),
            List.of(
                new Finding(TroubleClass.GC_THRASH, Finding.Verdict.YES, "hard"),
                new Finding(TroubleClass.NODE_PRESSURE, Finding.Verdict.UNKNOWN, "x")),
            new HealthScore(Double.NaN, Map.of()),
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
                + "\"score\":null,\"parts\":{},\"troubles\":["
                + "{\"class\":\"gc_thrash\",\"present\":true,\"reason\":\"hard\"},"
                + "{\"class\":\"node_pressure\",\"present\":null,\"reason\":\"not known: x\"}]}],"
                + "\"workloads\":[{\"labels\":{\"workload\":\"api\"},\"restarts\":3,\"oomKills\":1,"
                + "\"recent\":[{\"at\":\"2026-01-01T00:00:00Z\",\"target\":\"pod=\\\"api-1\\\"\","
                + "\"why\":\"oom_killed\",\"livedSeconds\":90.0,\"before\":[{\"signal\":\"heap_live\","
                + "\"value\":9.0,\"limit\":null,\"leakState\":2,\"growthPerSecond\":2.0,"
                + "\"reason\":\"rising\"}]}]}]}");
    assertThat(HealthJson.of(condition, "web").toString())
        .isEqualTo("{\"targets\":[],\"workloads\":[]}");
  }
}
