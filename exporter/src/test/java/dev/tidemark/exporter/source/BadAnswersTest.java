package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.FakeRemoteRead;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.signals.signal.Kind;
import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.signal.Reduce;
import dev.tidemark.signals.signal.Side;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.signal.Unit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behind a proxy that answers badly now and then, a history is learnt all the same. */
@Timeout(120)
class BadAnswersTest {
  private static final int SIGNALS = 6;
  private static final int HISTORY = 160;

  private final Recording recording = new Recording();
  private final List<Signal> signals = new ArrayList<>();
  private FakePrometheus prometheus;

  @BeforeEach
  void start() throws IOException {
    prometheus = new FakePrometheus(recording);
    Map<String, String> target = Scene.target("api", "a:1");
    new Scene(recording).runs(target, 0, HISTORY, slot -> 50 + slot % 7);
    for (int i = 0; i < SIGNALS; i++) {
      String metric = "own_" + (char) ('a' + i);
      signals.add(own(metric));
      for (int slot = 0; slot <= HISTORY; slot++) {
        recording.add(metric, target, Scene.at(slot) - 5_000, i + slot % 5);
      }
    }
  }

  private static Signal own(String metric) {
    return new Signal(
        metric,
        metric,
        Unit.NONE,
        Kind.GAUGE,
        Side.HIGH,
        Reduce.TROUGH,
        1,
        "max by ($target) (" + metric + ")",
        null,
        List.of(new Need(metric, "client_golang", false, true, "")),
        List.of(),
        true,
        "");
  }

  @AfterEach
  void stop() {
    prometheus.close();
  }

  private Learned learned() {
    return new Learned(
        prometheus,
        Instant.ofEpochMilli(Scene.at(HISTORY)),
        Duration.ofMillis((HISTORY - 20) * Scene.STEP),
        Learned.shape(signals));
  }

  /** How long it would have waited before it is live. */
  private static Duration learn(Learned learned, String seed) {
    Duration waited = Duration.ZERO;
    Duration wait = Duration.ZERO;
    for (int pass = 0; !learned.feed.status().isLive(); pass++) {
      assertThat(pass).as("passes, %s", seed).isLessThan(2_000);
      waited = waited.plus(wait);
      wait = learned.feed.runDue(learned.fleet::apply);
    }
    return waited;
  }

  @ParameterizedTest(name = "{0} bad, remote read {1}")
  @CsvSource({"0.3, false", "0.3, true", "0.6, false", "0.6, true"})
  void what_is_learnt_is_the_same_and_takes_minutes_longer(double share, boolean remoteRead)
      throws Exception {
    FakeRemoteRead remote = new FakeRemoteRead(recording, Map.of("replica", "a"));
    if (remoteRead) {
      prometheus.reads(remote);
    }
    byte[] right;
    try (Learned well = learned()) {
      assertThat(learn(well, "all well")).isZero();
      assertThat(well.snapshot().series()).hasSize(SIGNALS);
      right = well.state();
    }
    assertThat(remote.asked().isEmpty()).isNotEqualTo(remoteRead);
    for (long seed = 1; seed <= 2; seed++) {
      int before = prometheus.bad();
      prometheus.answersBadly(share, seed);
      try (Learned learned = learned()) {
        Duration waited = learn(learned, "seed " + seed);
        assertThat(learned.state()).as("seed %d", seed).isEqualTo(right);
        assertThat(waited).as("seed %d", seed).isLessThan(Duration.ofMinutes(share > 0.5 ? 20 : 3));
      }
      assertThat(prometheus.bad() - before).as("seed %d", seed).isGreaterThan(10);
      prometheus.answersBadly(0, 0);
    }
  }

  @Test
  void a_server_that_is_down_is_asked_three_times_a_pass_at_most() throws Exception {
    try (Learned learned = learned()) {
      Duration unused = learned.feed.runDue(learned.fleet::apply);
      prometheus.failsAt("own_");
      int before = prometheus.queries().size();
      for (int pass = 0; pass < 3; pass++) {
        unused = learned.feed.runDue(learned.fleet::apply);
      }
      assertThat(prometheus.queries().subList(before, prometheus.queries().size()))
          .filteredOn(query -> query.contains("own_"))
          .hasSize(9);
    }
  }
}
