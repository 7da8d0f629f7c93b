package dev.tidemark.exporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.forecast.ForecastConfig;
import dev.tidemark.exporter.checkpoint.Aside;
import dev.tidemark.exporter.checkpoint.Block;
import dev.tidemark.exporter.checkpoint.CheckpointListener;
import dev.tidemark.exporter.checkpoint.Shelf;
import dev.tidemark.exporter.checkpoint.Storage;
import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.exporter.health.HealthConfig;
import dev.tidemark.exporter.health.TroubleClass;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a release has written, every later one opens, and what a later one writes so does the one
 * before. A folder in {@code golden/checkpoint} is a release's; it is never changed again. {@code
 * -Dgolden.refresh=true} makes the one of the release at hand anew.
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
    Fleet fleet = opened(release, folder);
    assertThat(says(fleet)).isEqualTo(Files.readString(release.resolve(SAYS)));
    Instant now = Instant.ofEpochMilli(Scene.at(SLOTS));
    try (FakePrometheus prometheus = world();
        Learned goesOn = new Learned(prometheus, now, HISTORY, shape(), Optional.of(fleet))) {
      goesOn.clock.move(Duration.ofMillis(5 * Scene.STEP));
      assertThat(goesOn.catchUp().fleet.lastSlot()).isEqualTo(Scene.at(SLOTS + 5));
    }
  }

  static List<Set<LaterRelease.Adds>> additions() {
    List<Set<LaterRelease.Adds>> each = new ArrayList<>();
    for (LaterRelease.Adds one : LaterRelease.Adds.values()) {
      each.add(EnumSet.of(one));
    }
    each.add(EnumSet.complementOf(EnumSet.of(LaterRelease.Adds.TROUBLE_CLASS_LESS)));
    return each;
  }

  @ParameterizedTest
  @MethodSource("additions")
  void the_segment_of_a_later_release_is_opened_without_what_is_not_known(
      Set<LaterRelease.Adds> adds) throws IOException {
    Path today = only(GOLDEN.resolve(AT_HAND));
    Path written = folder.resolve("later");
    Files.createDirectories(written);
    new LaterRelease(adds).write(today, written.resolve(today.getFileName()));
    assertThat(Files.mismatch(today, written.resolve(today.getFileName()))).isNotEqualTo(-1);
    byte[] expected = state(opened(GOLDEN.resolve(AT_HAND), folder.resolve("a")));
    assertThat(state(opened(written, folder.resolve("b")))).isEqualTo(expected);
  }

  @Test
  void the_golden_segment_holds_every_block_and_section_there_is() throws IOException {
    Fleet fleet = opened(GOLDEN.resolve(AT_HAND), folder.resolve("a"));
    assertThat(fleet.blocks())
        .extracting(Block::kind)
        .containsExactly(
            FleetBlocks.CLOCK, FleetBlocks.TARGETS, FleetBlocks.WORKLOADS, FleetBlocks.RESTARTS);
    assertThat(fleet.snapshot(Instant.EPOCH, SnapshotShape.NO_QUANTILES).series())
        .anySatisfy(view -> assertThat(view.beside().forecasts()).isNotEmpty());
  }

  @Test
  void a_class_of_trouble_keeps_its_place_for_segments_know_it_by_that() {
    assertThat(Arrays.stream(TroubleClass.values()).map(TroubleClass::label))
        .startsWith(
            "goroutine_leak",
            "heap_leak",
            "off_heap_growth",
            "runtime_overhead",
            "fragmentation",
            "limit_too_low_for_startup",
            "gc_thrash",
            "cpu_mismatch",
            "sidecar_contention",
            "node_pressure");
  }

  private static Fleet opened(Path segments, Path folder) throws IOException {
    try (Storage storage = Storage.open(folder, new Told(), Instant::now)) {
      Shelf shelf = storage.shelf(label());
      copy(segments, folder.resolve(own(folder)));
      return shelf.open(reader()).orElseThrow();
    }
  }

  private static byte[] state(Fleet fleet) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fleet.encode(bytes);
    return bytes.toByteArray();
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".segment")).findFirst().orElseThrow();
    }
  }

  private static FakePrometheus world() throws IOException {
    Recording recording = new Recording();
    Scene scene = new Scene(recording);
    scene.runs(Scene.target("flat", "f:1"), 0, SLOTS + 5, slot -> 300 + slot % 7);
    scene.runs(Scene.target("leak", "l:1"), 0, SLOTS + 5, slot -> 50 + 20.0 * slot + slot % 5);
    scene.runs(Scene.target("jump", "j:1"), 0, SLOTS + 5, slot -> slot < 380 ? 90 : 4000);
    scene.runs(Scene.target("falls", "r:1"), 0, 200, slot -> 400 + slot % 9);
    scene.runs(Scene.target("falls", "r:1"), 202, SLOTS + 5, slot -> 100 + slot % 9);
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
        Learned learned = new Learned(prometheus, now, HISTORY, shape());
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

  /** All that is written is made. */
  private static FleetShape shape() {
    try {
      HealthConfig health = StrictYaml.read("health.yml", "{}", HealthConfig.class);
      ForecastConfig forecast =
          new ForecastConfig(Duration.ofSeconds(30), List.of(Duration.ofMinutes(5)));
      return Learned.shape()
          .caringFor(
              new CareShape(
                  Optional.of(health), List.of(), Optional.of(forecast), Set.of("goroutines")));
    } catch (ProblemsException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FleetReader reader() {
    return new FleetReader(shape(), new Told());
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
    public void opened(String source, Instant sealed) {}

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
