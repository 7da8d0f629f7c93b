package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.FakePrometheus.Mood;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.signals.signal.Kind;
import dev.tidemark.signals.signal.Reduce;
import dev.tidemark.signals.signal.Side;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.signal.Unit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedTest {
  private static final Duration SLOT = Duration.ofSeconds(30);

  private final Recording recording = new Recording();
  private final Scene scene = new Scene(recording);
  private FakePrometheus prometheus;
  private Learned learned;

  @BeforeEach
  void start() throws IOException {
    prometheus = new FakePrometheus(recording);
    scene.runs(Scene.target("api", "a:1"), 0, 300, slot -> 50 + slot % 5);
    learned =
        new Learned(
            prometheus,
            Instant.ofEpochMilli(Scene.at(200)),
            Duration.ofMillis(150 * Scene.STEP),
            Learned.shape());
  }

  @AfterEach
  void stop() {
    learned.close();
    prometheus.close();
  }

  @Test
  void brings_the_history_first_and_then_each_slot_when_it_is_due() {
    Duration wait = learned.feed.runDue(learned.fleet::apply);
    assertThat(learned.feed.status().isLive()).isFalse();
    assertThat(learned.feed.status().progress()).isBetween(0.3, 0.5);
    assertThat(wait).isLessThan(SLOT);
    learned.catchUp();
    assertThat(learned.feed.status().isLive()).isTrue();
    assertThat(learned.feed.status().slot()).isEqualTo(Scene.at(200));

    learned.clock.move(Duration.ofSeconds(10));
    assertThat(learned.feed.runDue(learned.fleet::apply)).isEqualTo(Duration.ofSeconds(20));
    learned.clock.move(Duration.ofSeconds(20));
    assertThat(learned.feed.runDue(learned.fleet::apply)).isEqualTo(SLOT);
    assertThat(learned.feed.status().slot()).isEqualTo(Scene.at(201));
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS_500, failed status",
    "HTML, failed not_json",
    "TRUNCATED, failed truncated",
    "PARTIAL, failed partial",
    "TOO_MANY_SAMPLES, failed query",
  })
  void a_bad_answer_teaches_nothing_and_is_asked_again(Mood mood, String event) throws Exception {
    learned.catchUp();
    byte[] before = learned.state();
    prometheus.is(mood);
    learned.clock.move(SLOT.multipliedBy(3));
    Duration first = learned.feed.runDue(learned.fleet::apply);
    Duration second = learned.feed.runDue(learned.fleet::apply);
    assertThat(learned.events).containsExactly(event, event);
    assertThat(first).isEqualTo(Duration.ofSeconds(1));
    assertThat(second).isEqualTo(Duration.ofSeconds(2));
    assertThat(learned.state()).isEqualTo(before);
    assertThat(learned.feed.status().failure()).isNotEmpty();
    assertThat(learned.feed.status().lastSuccess()).isEqualTo(Instant.ofEpochMilli(Scene.at(200)));

    prometheus.is(Mood.WELL);
    learned.catchUp();
    assertThat(learned.feed.status().failure()).isEmpty();
    assertThat(learned.feed.status().slot()).isEqualTo(Scene.at(203));
  }

  @Test
  void a_remark_about_the_expression_is_no_partial_answer() {
    prometheus.is(Mood.INFO);
    learned.catchUp();
    assertThat(learned.feed.status().isLive()).isTrue();
    assertThat(learned.events).isEmpty();
  }

  @Test
  void values_that_are_no_numbers_are_counted_and_leave_the_slot_empty() {
    learned.catchUp();
    prometheus.is(Mood.NOT_FINITE);
    learned.clock.move(SLOT);
    learned.catchUp();
    assertThat(learned.events).containsExactly("rejected not_finite 1");
    assertThat(learned.snapshot().series().get(0).judgement().timeMillis())
        .isEqualTo(Scene.at(200));
  }

  @Test
  void a_source_that_is_down_at_the_start_is_found_when_it_comes() throws Exception {
    FakePrometheus later = new FakePrometheus(recording);
    later.is(Mood.STATUS_500);
    try (later;
        Learned waiting =
            new Learned(
                later,
                Instant.ofEpochMilli(Scene.at(100)),
                Duration.ofMillis(50 * Scene.STEP),
                Learned.shape())) {
      waiting.catchUp();
      assertThat(waiting.snapshot().isEmpty()).isTrue();
      later.is(Mood.WELL);
      waiting.clock.move(SLOT.multipliedBy(10));
      waiting.catchUp();
      assertThat(waiting.snapshot().slot()).isEqualTo(Scene.at(110));
      assertThat(waiting.snapshot().series()).hasSize(1);
    }
  }

  @Test
  void a_gap_is_filled_afterwards_and_leaves_the_same_state() throws Exception {
    learned.catchUp();
    prometheus.is(Mood.STATUS_500);
    for (int i = 0; i < 4; i++) {
      learned.clock.move(SLOT.multipliedBy(10));
      Duration unused = learned.feed.runDue(learned.fleet::apply);
    }
    prometheus.is(Mood.WELL);
    learned.catchUp();
    try (Learned unbroken =
        new Learned(
            prometheus,
            Instant.ofEpochMilli(Scene.at(240)),
            Duration.ofMillis(190 * Scene.STEP),
            Learned.shape())) {
      assertThat(learned.state()).isEqualTo(unbroken.catchUp().state());
    }
  }

  @Test
  void a_gap_longer_than_the_history_is_counted_as_missed() {
    scene.runs(Scene.target("api", "a:1"), 301, 380, slot -> 50 + slot % 5);
    learned.catchUp();
    learned.clock.move(SLOT.multipliedBy(180));
    learned.catchUp();
    assertThat(learned.events).containsExactly("missed 29");
    assertThat(learned.feed.status().slot()).isEqualTo(Scene.at(380));
  }

  @Test
  void what_was_too_much_is_asked_for_in_smaller_pieces() {
    prometheus.is(Mood.TOO_MANY_SAMPLES);
    for (int i = 0; i < 3; i++) {
      Duration unused = learned.feed.runDue(learned.fleet::apply);
    }
    prometheus.is(Mood.WELL);
    Duration unused = learned.feed.runDue(learned.fleet::apply);
    assertThat(learned.feed.status().slot()).isEqualTo(Scene.at(50 + 60 / 8 - 1));
  }

  @Test
  void one_wrong_expression_does_not_stop_the_others_and_is_told() throws Exception {
    prometheus.refuses("nonsense(");
    try (Learned mixed = with(own("wrong", "max by ($target) (nonsense(go_info))", null))) {
      mixed.catchUp();
      assertThat(mixed.feed.status().isLive()).isTrue();
      assertThat(mixed.feed.status().lastSuccess()).isEqualTo(Instant.ofEpochMilli(Scene.at(200)));
      assertThat(mixed.feed.status().failure())
          .startsWith("signal wrong is not known: ")
          .contains("parse error");
      assertThat(mixed.snapshot().series())
          .extracting(view -> view.signal().id())
          .containsExactly("goroutines");
      assertThat(mixed.events).contains("failed query");

      prometheus.refuses("");
      mixed.clock.move(SLOT);
      mixed.catchUp();
      assertThat(mixed.feed.status().failure()).isEmpty();
    }
  }

  @Test
  void a_wrong_limit_leaves_its_signal_without_one() throws Exception {
    prometheus.refuses("nonsense(");
    String expr = "max by ($target) (go_goroutines)";
    try (Learned mixed = with(own("mine", expr, "min by ($target) (nonsense(go_info))"))) {
      mixed.catchUp();
      assertThat(mixed.feed.status().failure()).startsWith("limit of mine is not known: ");
      assertThat(mixed.snapshot().series()).hasSize(2);
    }
  }

  @Test
  void owners_of_a_chunk_that_was_not_used_are_told_again() throws Exception {
    scene.runs(Scene.pod("api-7d9f8c6b5-bx2kl"), 0, 300, slot -> 50);
    recording.add(
        "kube_pod_owner",
        Map.of(
            "namespace",
            "pay",
            "pod",
            "api-7d9f8c6b5-bx2kl",
            "owner_kind",
            "StatefulSet",
            "owner_name",
            "ledger",
            "owner_is_controller",
            "true"),
        Scene.at(60),
        1);
    prometheus.failsAt("go_goroutines");
    Duration unused = learned.feed.runDue(learned.fleet::apply);
    prometheus.failsAt("");
    learned.catchUp();
    assertThat(learned.snapshot().series())
        .extracting(view -> view.workload())
        .containsExactlyInAnyOrder("api", "ledger");
  }

  @Test
  void a_history_that_went_by_while_the_source_was_down_is_not_missed() throws Exception {
    prometheus.is(Mood.STATUS_500);
    for (int i = 0; i < 3; i++) {
      Duration unused = learned.feed.runDue(learned.fleet::apply);
      learned.clock.move(SLOT.multipliedBy(10));
    }
    prometheus.is(Mood.WELL);
    Duration unused = learned.feed.runDue(learned.fleet::apply);
    assertThat(learned.events).containsOnly("failed status");
    assertThat(learned.feed.status().progress()).isBetween(0.3, 0.5);
  }

  @Test
  void a_source_without_any_target_is_told_rather_than_passed_over() throws Exception {
    try (FakePrometheus empty = new FakePrometheus(new Recording());
        Learned nobody =
            new Learned(
                empty,
                Instant.ofEpochMilli(Scene.at(200)),
                Duration.ofMillis(150 * Scene.STEP),
                Learned.shape())) {
      nobody.catchUp();
      assertThat(nobody.feed.status().isLive()).isTrue();
      assertThat(nobody.feed.status().failure())
          .isEqualTo("no target: it has no series that match go_info");
    }
  }

  @Test
  void targets_that_bring_no_sample_for_five_minutes_are_told() throws Exception {
    Map<String, String> mute = Scene.target("mute", "m:1");
    Recording silent = new Recording();
    for (int slot = 0; slot <= 300; slot++) {
      silent.add("go_info", mute, Scene.at(slot), 1);
    }
    silent.add("go_goroutines", mute, Scene.at(200), 7);
    try (FakePrometheus source = new FakePrometheus(silent);
        Learned waiting =
            new Learned(
                source,
                Instant.ofEpochMilli(Scene.at(200)),
                Duration.ofMillis(50 * Scene.STEP),
                Learned.shape())) {
      waiting.catchUp();
      for (int slot = 201; slot < 210; slot++) {
        waiting.clock.move(SLOT);
        waiting.catchUp();
        assertThat(waiting.feed.status().failure()).isEmpty();
      }
      waiting.clock.move(SLOT);
      waiting.catchUp();
      assertThat(waiting.feed.status().failure()).startsWith("1 targets but no fresh sample");
    }
  }

  private static Signal own(String id, String expr, @Nullable String limit) {
    return new Signal(
        id,
        id,
        Unit.NONE,
        Kind.GAUGE,
        Side.HIGH,
        Reduce.TROUGH,
        1,
        expr,
        limit,
        List.of(),
        List.of(),
        true,
        "");
  }

  private Learned with(Signal other) {
    return new Learned(
        prometheus,
        Instant.ofEpochMilli(Scene.at(200)),
        Duration.ofMillis(150 * Scene.STEP),
        Learned.shape(List.of(Learned.goroutines(), other)));
  }

  @Test
  void rows_that_name_no_target_are_counted() throws IOException {
    Signal loose =
        new Signal(
            "loose",
            "Loose",
            Unit.NONE,
            Kind.GAUGE,
            Side.HIGH,
            Reduce.MEDIAN,
            1,
            "max by (zone) (loose)",
            null,
            List.of(),
            List.of(),
            false,
            "Rows without a target.");
    for (long slot = 100; slot <= 200; slot++) {
      recording.add("loose", Map.of("zone", "z"), Scene.at(slot), 1);
    }
    try (Learned own =
        new Learned(
            prometheus,
            Instant.ofEpochMilli(Scene.at(200)),
            Duration.ofMillis(10 * Scene.STEP),
            Learned.shape(List.of(loose)))) {
      own.catchUp();
      assertThat(own.events).contains("rejected no_target 11");
    }
  }

  @Test
  void a_clock_that_is_set_an_hour_ahead_and_right_again_costs_nothing() throws Exception {
    Duration history = Duration.ofMillis(280 * Scene.STEP);
    Instant before = Instant.ofEpochMilli(Scene.at(290));
    // the recording ends at slot 300, which is the present of the source
    Duration toThePresent = Duration.ofMillis(10 * Scene.STEP);
    try (Learned right = new Learned(prometheus, before, history, Learned.shape());
        Learned wrong = new Learned(prometheus, before, history, Learned.shape())) {
      right.catchUp();
      wrong.catchUp();
      wrong.clock.move(toThePresent.plusHours(1));
      wrong.catchUp();
      assertThat(wrong.feed.status().slot()).isEqualTo(Scene.at(300));
      Duration wait = wrong.feed.runDue(wrong.fleet::apply);
      assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(30));
      assertThat(wrong.events).contains("failed ahead");
      assertThat(wrong.feed.status().failure()).contains("is the clock here ahead");
      wrong.clock.move(Duration.ofHours(-1));
      wrong.catchUp();
      right.clock.move(toThePresent);
      right.catchUp();
      assertThat(wrong.feed.status().slot()).isEqualTo(right.feed.status().slot());
      assertThat(wrong.state()).isEqualTo(right.state());
    }
  }

  @Test
  void a_clock_that_is_set_an_hour_back_is_waited_for_in_short_steps_and_costs_nothing()
      throws Exception {
    learned.catchUp();
    byte[] before = learned.state();
    learned.clock.move(Duration.ofHours(-1));
    assertThat(learned.feed.runDue(learned.fleet::apply)).isEqualTo(SLOT);
    assertThat(learned.state()).isEqualTo(before);
    assertThat(learned.feed.status().slot()).isEqualTo(Scene.at(200));
    learned.clock.move(Duration.ofHours(1).plus(SLOT));
    learned.catchUp();
    assertThat(learned.feed.status().slot()).isEqualTo(Scene.at(201));
    assertThat(learned.events).isEmpty();
  }
}
