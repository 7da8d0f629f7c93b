package dev.tidemark.exporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.checkpoint.Aside;
import dev.tidemark.exporter.checkpoint.CheckpointListener;
import dev.tidemark.exporter.checkpoint.Shelf;
import dev.tidemark.exporter.checkpoint.Storage;
import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a release has written, every later one opens. A folder in {@code golden/checkpoint} is a
 * release's; it is never changed again. {@code -Dgolden.refresh=true} makes the one of the release
 * at hand anew.
 */
class OldSegmentsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/checkpoint");
  private static final String AT_HAND = "0.1";
  private static final String SAYS = "says.txt";
  private static final long SLOTS = 400;
  private static final Duration HISTORY = Duration.ofMillis(SLOTS * Scene.STEP);

  @TempDir Path folder = Path.of("");

  static List<Path> releases() throws IOException {
    if (Boolean.getBoolean("golden.refresh")) {
      write(GOLDEN.resolve(AT_HAND));
    }
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void the_segment_of_a_release_says_what_it_said_then(Path release) throws IOException {
    Fleet fleet;
    try (Storage storage = Storage.open(folder, new Told(), Instant::now)) {
      Shelf shelf = storage.shelf(label());
      copy(release, folder.resolve(own(folder)));
      fleet = shelf.open(reader()).orElseThrow();
    }
    assertThat(says(fleet)).isEqualTo(Files.readString(release.resolve(SAYS)));
    Instant now = Instant.ofEpochMilli(Scene.at(SLOTS));
    try (FakePrometheus prometheus = world();
        Learned goesOn =
            new Learned(prometheus, now, HISTORY, Learned.shape(), Optional.of(fleet))) {
      goesOn.clock.move(Duration.ofMillis(5 * Scene.STEP));
      assertThat(goesOn.catchUp().fleet.lastSlot()).isEqualTo(Scene.at(SLOTS + 5));
    }
  }

  private static FakePrometheus world() throws IOException {
    Recording recording = new Recording();
    Scene scene = new Scene(recording);
    scene.runs(Scene.target("flat", "f:1"), 0, SLOTS + 5, slot -> 300 + slot % 7);
    scene.runs(Scene.target("leak", "l:1"), 0, SLOTS + 5, slot -> 50 + 20.0 * slot + slot % 5);
    scene.runs(Scene.target("jump", "j:1"), 0, SLOTS + 5, slot -> slot < 380 ? 90 : 4000);
    for (int i = 0; i < 3; i++) {
      int pod = i;
      String name = "api-7d9f8c6b5-" + "bcd".charAt(i) + "x2kl";
      scene.runs(Scene.pod(name), 0, SLOTS + 5, slot -> 100 + 30.0 * pod + slot % 11);
    }
    return new FakePrometheus(recording);
  }

  private static void write(Path release) throws IOException {
    Path made = Files.createTempDirectory("segment");
    Instant now = Instant.ofEpochMilli(Scene.at(SLOTS));
    try (FakePrometheus prometheus = world();
        Learned learned = new Learned(prometheus, now, HISTORY, Learned.shape());
        Storage storage = Storage.open(made, new Told(), Instant::now)) {
      Shelf shelf = storage.shelf(label());
      assertThat(shelf.seal(Scene.at(SLOTS), learned.catchUp().fleet.blocks())).isTrue();
      Files.createDirectories(release);
      copy(made.resolve(own(made)), release);
      Files.writeString(release.resolve(SAYS), says(learned.fleet));
    }
  }

  private static String says(Fleet fleet) {
    return fleet.snapshot(Instant.EPOCH, SnapshotShape.NO_QUANTILES).series().stream()
        .map(
            view ->
                "%s of %s: %s %s until %s, %s\n"
                    .formatted(
                        view.target(),
                        view.workload(),
                        view.judgement().score(),
                        view.judgement().leakState(),
                        view.limit(),
                        view.reason()))
        .collect(Collectors.joining());
  }

  private static FleetReader reader() {
    return new FleetReader(Learned.shape(), new Told());
  }

  private static Shelf.Label label() {
    return new Shelf.Label("golden", "golden", Duration.ofDays(365_000), AT_HAND);
  }

  private static Path own(Path storage) throws IOException {
    try (Stream<Path> folders = Files.list(storage)) {
      return folders.filter(Files::isDirectory).findFirst().orElseThrow().getFileName();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".segment")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static final class Told implements CheckpointListener, FleetListener {
    @Override
    public void sealed(String source, Instant at, long bytes, Duration took) {}

    @Override
    public void notSealed(String source) {}

    @Override
    public void setAside(String source, Aside reason) {
      throw new IllegalStateException("set aside: " + reason);
    }

    @Override
    public void seriesRefused(Refusal reason) {}

    @Override
    public void sampleIgnored() {}
  }
}
