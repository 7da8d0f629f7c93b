package dev.tidemark.exporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private static final long SLOTS = 30;

  private final Recording recording = new Recording();
  private final Scene scene = new Scene(recording);
  private final List<Learned> shards = new ArrayList<>();
  private FakePrometheus prometheus;

  @BeforeEach
  void start() throws IOException {
    prometheus = new FakePrometheus(recording);
  }

  @AfterEach
  void stop() {
    shards.forEach(Learned::close);
    prometheus.close();
  }

  private void learn(int count, long until, FleetShape shape) {
    for (int i = 0; i < count; i++) {
      Learned learned =
          new Learned(
              prometheus,
              Instant.ofEpochMilli(Scene.at(until)),
              Duration.ofMillis(until * Scene.STEP),
              shape.in(new Shard(i, count)));
      shards.add(learned.catchUp());
    }
  }

  private static List<String> pods(Learned learned) {
    return learned.snapshot().series().stream()
        .map(view -> view.labels().getOrDefault("pod", view.target()))
        .toList();
  }

  @Test
  void the_place_of_a_workload_never_changes() {
    // of CRC-32C as any other implementation computes it: a release must not move workloads
    Map<String, Integer> places = new HashMap<>();
    for (String name : List.of("api", "web", "db-0", "ordner-größe")) {
      for (int i = 0; i < 7; i++) {
        if (new Shard(i, 7).has(new WorkloadState.Id("", "pay", name))) {
          places.merge(name, i, (a, b) -> -1);
        }
      }
    }
    assertThat(places).isEqualTo(Map.of("api", 3, "web", 4, "db-0", 5, "ordner-größe", 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shards_part_the_workloads_exactly_and_keep_each_together(long seed) {
    Random random = new Random(seed);
    List<String> all = new ArrayList<>();
    Map<String, String> workloads = new HashMap<>();
    for (int w = 0; w < 12; w++) {
      String workload = "svc-" + Long.toString(random.nextInt(1_000_000), 36) + "y";
      for (int p = 0; p < 3; p++) {
        String pod = workload + "-" + p;
        scene.runs(Scene.pod(pod), 1, SLOTS, slot -> 50);
        all.add(pod);
        workloads.put(pod, workload);
      }
    }
    int count = 2 + random.nextInt(4);
    learn(count, SLOTS, Learned.shape());
    List<String> judged = new ArrayList<>();
    Map<String, Integer> shardOf = new HashMap<>();
    for (int i = 0; i < count; i++) {
      for (String pod : pods(shards.get(i))) {
        judged.add(pod);
        assertThat(
                shardOf.merge(workloads.getOrDefault(pod, ""), i, (a, b) -> a.equals(b) ? a : -1))
            .as("shard of %s, seed %d", pod, seed)
            .isEqualTo(i);
      }
      assertThat(shards.get(i).refusals).isEmpty();
    }
    assertThat(judged)
        .as("seed %d, %d shards", seed, count)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void a_pod_whose_owner_becomes_known_later_changes_the_shard_and_is_judged_once() {
    List<String> pods = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String pod = "p" + i;
      pods.add(pod);
      scene.runs(Scene.pod(pod), 1, 60, slot -> 50);
      for (long slot = 40; slot <= 60; slot++) {
        recording.add(
            "kube_pod_owner",
            Map.of(
                "namespace", "pay",
                "pod", pod,
                "owner_kind", "StatefulSet",
                "owner_name", "set" + i % 4,
                "owner_is_controller", "true"),
            Scene.at(slot) - 5_000,
            1);
      }
    }
    learn(3, 30, Learned.shape());
    List<List<String>> before = shards.stream().map(ShardTest::pods).toList();
    assertThat(before.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(pods);
    for (long slot = 31; slot <= 60; slot++) {
      for (Learned shard : shards) {
        shard.clock.move(Duration.ofMillis(Scene.STEP));
        Learned unused = shard.catchUp();
      }
      assertThat(shards.stream().flatMap(s -> pods(s).stream()))
          .as("slot %d", slot)
          .containsExactlyInAnyOrderElementsOf(pods);
    }
    assertThat(shards.stream().map(ShardTest::pods).toList()).isNotEqualTo(before);
    for (Learned shard : shards) {
      assertThat(shard.refusals).isEmpty();
      assertThat(shard.snapshot().series())
          .allSatisfy(v -> assertThat(v.workload()).startsWith("set"))
          .allSatisfy(v -> assertThat(v.judgement().timeMillis()).isEqualTo(Scene.at(60)));
    }
  }

  @Test
  void what_another_shard_judges_counts_towards_no_limit() {
    for (int i = 0; i < 20; i++) {
      scene.runs(Scene.pod("w" + Character.toString('a' + i) + "-0"), 1, SLOTS, slot -> 50);
    }
    learn(4, SLOTS, Learned.shape(new FleetShape.Bounds(12, 50), List.of(), java.util.Set.of()));
    assertThat(shards).allSatisfy(shard -> assertThat(shard.refusals).isEmpty());
    assertThat(shards.stream().mapToInt(s -> s.snapshot().series().size()).sum()).isEqualTo(20);
  }
}
