package dev.tidemark.exporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.checkpoint.Block;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fleet that is written and read again goes on as if nothing had happened. */
class FleetStateTest {
  private static final FleetShape SHAPE = Learned.shape();
  private static final long SLOTS = 500;

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

  /** Pods of two controllers come, go and restart; one leaks, one is seen by its name only. */
  private void world(Random random) {
    for (int i = 0; i < 8; i++) {
      String pod = "api-7d9f8c6b5-" + "bcdfghjk".charAt(i) + "x2k" + "lmnpqrst".charAt(i);
      long from = random.nextInt((int) SLOTS - 60);
      long to = from + 30 + random.nextInt((int) (SLOTS - from - 30));
      scene.runs(Scene.pod(pod), from, to, slot -> 100 + random.nextInt(50));
      if (random.nextBoolean() && to + 5 < SLOTS) {
        scene.runs(Scene.pod(pod), to + 3, SLOTS, slot -> 100 + random.nextInt(50));
      }
      if (i % 3 == 0) {
        scene.isOwned(pod, "StatefulSet", "ledger", from, to);
      }
    }
    scene.runs(Scene.target("batch", "b:1"), 0, SLOTS, slot -> 20 + 0.1 * slot);
  }

  private Learned at(long slot, Optional<Fleet> state) {
    Instant now = Instant.ofEpochMilli(Scene.at(slot));
    Duration history = Duration.ofMillis(slot * Scene.STEP);
    Learned learned = new Learned(prometheus, now, history, SHAPE, state);
    open.add(learned);
    return learned.catchUp();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void a_fleet_that_was_stopped_anywhere_ends_like_one_that_never_was(long seed) throws Exception {
    Random random = new Random(seed);
    world(random);
    Learned never = at(0, Optional.empty());
    for (long slot = 1; slot <= SLOTS; slot++) {
      never.clock.move(Duration.ofSeconds(30));
      never.catchUp();
    }
    long slot = 1L + random.nextInt(100);
    Learned stopped = at(slot, Optional.empty());
    while (slot < SLOTS) {
      slot = Math.min(SLOTS, slot + 1 + random.nextInt(90));
      stopped = at(slot, Optional.of(stopped.reread(SHAPE)));
    }
    assertThat(never.snapshot().series()).as("seed %s", seed).hasSizeGreaterThan(2);
    assertThat(stopped.snapshot().series())
        .as("seed %s", seed)
        .isEqualTo(never.snapshot().series());
    assertThat(stopped.state()).as("seed %s", seed).isEqualTo(never.state());
  }

  @Test
  void what_was_read_shows_what_was_written() throws Exception {
    world(new Random(7));
    Learned learned = at(SLOTS, Optional.empty());
    Fleet read = learned.reread(SHAPE);
    Snapshot shown = read.snapshot(learned.clock.instant(), SnapshotShape.NO_QUANTILES);
    assertThat(shown).isEqualTo(learned.snapshot());
    assertThat(shown.series()).extracting(view -> view.reason()).doesNotContain("");
  }

  @Test
  void an_empty_fleet_comes_back_empty() throws Exception {
    Learned learned = at(10, Optional.empty());
    assertThat(learned.reread(SHAPE).snapshot(Instant.EPOCH, SnapshotShape.NO_QUANTILES).series())
        .isEmpty();
  }

  @Test
  void a_controller_that_is_no_longer_told_keeps_its_pods() {
    String dead = "ledger-a";
    scene.runs(Scene.pod(dead), 0, 60, slot -> 50);
    scene.isOwned(dead, "StatefulSet", "ledger", 0, 60);
    scene.runs(Scene.pod("other-0"), 70, 100, slot -> 50); // asks for owners again
    scene.isOwned("other-0", "StatefulSet", "other", 70, 100);
    Learned learned = at(60, Optional.empty());
    learned.clock.move(Duration.ofMillis(40 * Scene.STEP));
    learned.catchUp();
    assertThat(learned.snapshot().series())
        .extracting(SeriesView::workload)
        .containsExactly("ledger", "other");
  }

  @Test
  void damage_that_no_checksum_saw_is_refused_or_harmless() throws Exception {
    world(new Random(3));
    Learned learned = at(SLOTS, Optional.empty());
    FleetReader reader = new FleetReader(SHAPE, learned);
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      try {
        List<FleetReader.Part> parts = new ArrayList<>();
        for (Block block : learned.fleet.blocks()) {
          parts.addAll(reader.block(block.kind(), damaged(block, random)).stream().toList());
        }
        reader.state(learned.fleet.lastSlot(), parts);
      } catch (IOException | IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static BlockInput damaged(Block block, Random random) throws IOException {
    BlockOutput out = new BlockOutput();
    block.write(out);
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    out.writeTo(copy);
    byte[] bytes = copy.toByteArray();
    int near = random.nextBoolean() ? Math.min(300, bytes.length) : bytes.length;
    bytes[random.nextInt(near)] ^= (byte) (1 << random.nextInt(8));
    int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
    return new BlockInput(Arrays.copyOf(bytes, length));
  }
}
