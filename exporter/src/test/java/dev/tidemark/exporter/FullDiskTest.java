package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.checkpoint.Shelf;
import dev.tidemark.exporter.checkpoint.Storage;
import dev.tidemark.exporter.exposition.SelfMetricsRegistry;
import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.MovedClock;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.exporter.fleet.FleetReader;
import dev.tidemark.exporter.source.Grid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk without space is played by a folder that a file stands in the place of. */
@Timeout(60)
class FullDiskTest {
  private static final Duration HISTORY = Duration.ofDays(2);
  private static final long HOUR = 120;

  @TempDir Path folder = Path.of("");
  private final SelfMetricsRegistry self = new SelfMetricsRegistry();

  private static List<String> files(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".segment") || name.endsWith(".unfinished"))
          .sorted()
          .toList();
    }
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  @Test
  void no_sealed_hour_is_lost_and_it_is_tried_again_within_minutes() throws Exception {
    Recording recording = new Recording();
    new Scene(recording).runs(Scene.target("api", "a:1"), 0, 4 * HOUR, slot -> 50 + slot % 5);
    MovedClock clock = new MovedClock(Instant.ofEpochMilli(Scene.at(HOUR)));
    Grid grid = new Grid(Duration.ofMillis(Scene.STEP), Duration.ZERO, HISTORY);
    try (FakePrometheus prometheus = new FakePrometheus(recording);
        Storage storage = Storage.open(folder, self, clock);
        Learned learned =
            new Learned(
                prometheus,
                Instant.ofEpochMilli(Scene.at(HOUR)),
                Duration.ofHours(1),
                Learned.shape())) {
      Shelf shelf = storage.shelf(new Shelf.Label("s", "learns", HISTORY, "test"));
      Sealing sealing = new Sealing(shelf, grid, clock);
      sealing.judged(Scene.at(HOUR), learned.catchUp().fleet);
      Path own = only();
      List<String> sealed = files(own);
      assertThat(sealed).hasSize(1);

      Path away = Files.move(own, folder.resolve("away"));
      Files.writeString(own, "no room for a segment");
      clock.move(Duration.ofHours(1));
      sealing.judged(Scene.at(2 * HOUR), learned.fleet);
      assertThat(files(away)).isEqualTo(sealed);
      assertThat(sealing.wants(Scene.at(2 * HOUR + 1))).as("at once").isFalse();

      Files.delete(own);
      Files.move(away, own);
      clock.move(Duration.ofMinutes(5));
      assertThat(sealing.wants(Scene.at(2 * HOUR + 10))).as("after minutes").isTrue();
      sealing.judged(Scene.at(2 * HOUR + 10), learned.fleet);
      assertThat(files(own)).hasSize(2).containsAll(sealed);
      assertThat(sealing.wants(Scene.at(2 * HOUR + 30))).as("nothing is owed").isFalse();
      Files.delete(own.resolve(files(own).get(1))); // of later slots than the state, for the test
      assertThat(shelf.open(new FleetReader(Learned.shape(), self))).isPresent();
    }
  }
}
