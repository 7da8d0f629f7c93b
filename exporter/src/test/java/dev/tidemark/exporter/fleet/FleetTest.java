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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {
  private final Recording recording = new Recording();
  private final Scene scene = new Scene(recording);
  private final List<AutoCloseable> open = new ArrayList<>();
  private FakePrometheus prometheus;

  @BeforeEach
  void start() throws IOException {
    prometheus = new FakePrometheus(recording);
    open.add(prometheus);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private Learned learned(long slot, FleetShape shape) {
    Learned learned =
        new Learned(
            prometheus,
            Instant.ofEpochMilli(Scene.at(slot)),
            Duration.ofMillis(slot * Scene.STEP),
            shape);
    open.add(learned);
    return learned;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void learns_the_same_live_and_backfilled_bit_for_bit(long seed) throws Exception {
    Random random = new Random(seed);
    long slots = 420;
    for (int i = 0; i < 8; i++) { // pods come, go and restart at any moment
      String pod = "api-7d9f8c6b5-" + "bcdfghjk".charAt(i) + "x2k" + "lmnpqrst".charAt(i);
      long from = random.nextInt((int) slots - 60);
      long to = from + 30 + random.nextInt((int) (slots - from - 30));
      scene.runs(Scene.pod(pod), from, to, slot -> 100 + random.nextInt(50));
      if (random.nextBoolean() && to + 5 < slots) {
        scene.runs(Scene.pod(pod), to + 3, slots, slot -> 100 + random.nextInt(50));
      }
    }
    scene.runs(Scene.target("batch", "b:1"), 0, slots, slot -> 20 + 0.1 * slot);
    Map<String, String> owner =
        Map.of(
            "namespace",
            "pay",
            "pod",
            "api-7d9f8c6b5-bx2kl",
            "owner_kind",
            "ReplicaSet",
            "owner_name",
            "api-7d9f8c6b5",
            "owner_is_controller",
            "true");
    for (long slot = 0; slot <= slots; slot++) {
      recording.add("kube_pod_owner", owner, Scene.at(slot) - 7_000, 1);
    }

    Learned backfilled = learned(slots, Learned.shape()).catchUp();
    Learned lived =
        new Learned(prometheus, Instant.ofEpochMilli(Scene.at(0)), Duration.ZERO, Learned.shape());
    open.add(lived);
    for (long slot = 0; slot <= slots; slot++) {
      lived.catchUp();
      lived.clock.move(Duration.ofSeconds(30));
    }

    assertThat(lived.snapshot().series()).as("seed %s", seed).hasSizeGreaterThan(1);
    assertThat(lived.state()).as("seed %s", seed).isEqualTo(backfilled.state());
  }

  @Test
  void an_empty_slot_is_not_a_repeat_of_the_last_sample() {
    scene.runs(Scene.target("api", "a:1"), 0, 100, slot -> 50);
    Learned learned = learned(104, Learned.shape()).catchUp();
    SeriesView view = learned.snapshot().series().get(0);
    assertThat(view.judgement().timeMillis()).isEqualTo(Scene.at(100));
  }

  @Test
  void score_and_leak_state_stop_being_true_five_minutes_after_the_data_stopped() {
    scene.runs(Scene.target("api", "a:1"), 0, 100, slot -> 50);
    Learned learned = learned(100, Learned.shape()).catchUp();
    SeriesView view = learned.snapshot().series().get(0);
    Instant last = Instant.ofEpochMilli(Scene.at(100));
    assertThat(view.isTrueAt(last.plusSeconds(299))).isTrue();
    assertThat(view.isTrueAt(last.plusSeconds(300))).isFalse();
  }

  @Test
  void a_series_without_data_for_an_hour_is_freed_and_its_workload_still_teaches() {
    scene.runs(Scene.pod("api-7d9f8c6b5-bx2kl"), 0, 400, slot -> 100 + slot % 7);
    scene.runs(Scene.target("other", "o:1"), 0, 700, slot -> 10);
    scene.runs(Scene.pod("api-7d9f8c6b5-zz2kl"), 650, 700, slot -> 100 + slot % 7);
    Learned learned = learned(640, Learned.shape()).catchUp();
    assertThat(learned.snapshot().series())
        .extracting(SeriesView::workload)
        .containsExactly("other");
    assertThat(learned.snapshot().workloads()).isEqualTo(2);

    learned.clock.move(Duration.ofMillis(10 * Scene.STEP));
    learned.catchUp();
    SeriesView born =
        learned.snapshot().series().stream()
            .filter(view -> view.workload().equals("api"))
            .findFirst()
            .orElseThrow();
    assertThat(born.judgement().timeMillis()).isEqualTo(Scene.at(650));
    assertThat(born.judgement().score()).as("judged from its first sample").isLessThan(1);
  }

  @Test
  void a_thousand_pods_that_came_and_went_leave_one_workload_and_no_series() {
    for (int i = 0; i < 1000; i++) {
      String pod = "api-7d9f8c6b5-" + Integer.toString(100_000 + i, 36).substring(0, 4) + "x";
      scene.runs(Scene.pod("w-" + i % 500 + "-" + pod), i % 100, i % 100 + 2, slot -> 100);
    }
    scene.runs(Scene.target("other", "o:1"), 0, 300, slot -> 10);
    FleetShape.Bounds bounds = new FleetShape.Bounds(5000, 5000);
    Learned learned = learned(300, Learned.shape(bounds, List.of(), Set.of())).catchUp();
    assertThat(learned.snapshot().series()).hasSize(1);
    assertThat(learned.refusals).isEmpty();
  }

  @Test
  void what_is_one_too_many_is_refused_and_counted_once() {
    for (int i = 0; i < 4; i++) {
      scene.runs(Scene.target("api", "a:" + i), 0, 20, slot -> 50);
      scene.runs(Scene.target("web", "w:" + i), 0, 20, slot -> 50);
    }
    Learned perWorkload =
        learned(20, Learned.shape(new FleetShape.Bounds(100, 2), List.of(), Set.of())).catchUp();
    assertThat(perWorkload.snapshot().series())
        .extracting(v -> v.labels().get("instance"))
        .containsExactly("a:0", "a:1", "w:0", "w:1");
    assertThat(perWorkload.refusals).hasSize(4).containsOnly(Refusal.WORKLOAD);

    Learned total =
        learned(20, Learned.shape(new FleetShape.Bounds(3, 50), List.of(), Set.of())).catchUp();
    assertThat(total.snapshot().series()).hasSize(3);
    assertThat(total.refusals).hasSize(5).containsOnly(Refusal.TOTAL);
  }

  @Test
  void targets_that_are_no_longer_told_apart_are_refused_rather_than_shown_twice() {
    scene.runs(Scene.target("api", "a:0"), 0, 20, slot -> 50);
    scene.runs(Scene.target("api", "a:1"), 0, 20, slot -> 60);
    FleetShape.Bounds bounds = new FleetShape.Bounds(100, 50);
    Learned learned = learned(20, Learned.shape(bounds, List.of(), Set.of("instance"))).catchUp();
    assertThat(learned.snapshot().series()).hasSize(1);
    assertThat(learned.refusals).containsExactly(Refusal.SAME_LABELS);
  }

  @Test
  void two_replicas_of_a_prometheus_merge_to_the_larger_sample() {
    Map<String, String> a = Map.of("job", "api", "instance", "a:1", "prometheus_replica", "0");
    Map<String, String> b = Map.of("job", "api", "instance", "a:1", "prometheus_replica", "1");
    scene.runs(a, 0, 20, slot -> 50);
    scene.runs(b, 0, 20, slot -> 51);
    Learned learned = learned(20, Learned.shape()).catchUp();
    assertThat(learned.snapshot().series()).hasSize(1);
    assertThat(learned.snapshot().series().get(0).judgement().value()).isEqualTo(51);
    assertThat(learned.events).isEmpty();
  }

  @Test
  void labels_that_were_asked_for_are_shown_and_never_take_a_name_of_ours() {
    Map<String, String> labels =
        Map.of(
            "job",
            "api",
            "instance",
            "a:1",
            "zone",
            "b",
            "signal",
            "red",
            "workload",
            "mine",
            "secret",
            "x");
    scene.runs(labels, 0, 20, slot -> 50);
    FleetShape.Bounds bounds = new FleetShape.Bounds(100, 50);
    Learned learned =
        learned(20, Learned.shape(bounds, List.of("zone", "signal", "workload"), Set.of()))
            .catchUp();
    assertThat(learned.snapshot().series().get(0).labels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "job",
                "api",
                "instance",
                "a:1",
                "zone",
                "b",
                "exported_signal",
                "red",
                "exported_workload",
                "mine",
                "workload",
                "api"));
  }

  @Test
  void a_start_time_that_moves_by_a_second_is_the_same_process() {
    Map<String, String> labels = Scene.target("api", "a:1");
    scene.runs(labels, 0, 20, slot -> 50);
    recording.add(
        "process_start_time_seconds", labels, Scene.at(20) - 5_000, Scene.at(0) / 1000.0 - 59);
    Learned learned = learned(20, Learned.shape()).catchUp();
    assertThat(learned.snapshot().series().get(0).startMillis()).isEqualTo(Scene.at(0) - 60_000);
  }

  @Test
  void targets_that_owners_make_alike_are_refused_rather_than_shown_twice() {
    for (String pod : List.of("red-7d9f8c6b5-bx2kl", "blue-7d9f8c6b5-cx2kl")) {
      scene.runs(Scene.pod(pod), 0, 40, slot -> 50);
      recording.add(
          "kube_pod_owner",
          Map.of(
              "namespace",
              "pay",
              "pod",
              pod,
              "owner_kind",
              "StatefulSet",
              "owner_name",
              "ledger",
              "owner_is_controller",
              "true"),
          Scene.at(30),
          1);
    }
    FleetShape.Bounds bounds = new FleetShape.Bounds(100, 50);
    Learned learned = learned(20, Learned.shape(bounds, List.of(), Set.of("pod"))).catchUp();
    assertThat(learned.snapshot().series()).hasSize(2);

    learned.clock.move(Duration.ofMillis(20 * Scene.STEP));
    learned.catchUp();
    assertThat(learned.snapshot().series())
        .extracting(SeriesView::workload)
        .containsExactly("ledger");
    assertThat(learned.refusals).containsExactly(Refusal.SAME_LABELS);
  }

  @Test
  void a_workload_that_taught_nothing_is_forgotten_with_its_target() {
    scene.runs(Scene.target("brief", "b:1"), 0, 3, slot -> 50);
    scene.runs(Scene.target("other", "o:1"), 0, 3000, slot -> 10);
    Learned learned = learned(2800, Learned.shape()).catchUp();
    assertThat(learned.snapshot().workloads()).isEqualTo(2);
    learned.clock.move(Duration.ofMillis(150 * Scene.STEP));
    learned.catchUp();
    assertThat(learned.snapshot().workloads()).isEqualTo(1);
  }
}
