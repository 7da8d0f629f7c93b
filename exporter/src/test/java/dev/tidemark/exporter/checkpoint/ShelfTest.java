package dev.tidemark.exporter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fake.MovedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which segments stay, whoever wrote them and whatever the clock said then. */
class ShelfTest {
  private static final Duration HISTORY = Duration.ofDays(7);
  private static final Instant NOON = Instant.parse("2026-01-10T12:00:00Z");

  /** Whoever opens can read states of releases up to its own. */
  private static final int OLDER = 1;

  private static final int LATER = 2;

  @TempDir Path folder = Path.of("");
  private final MovedClock clock = new MovedClock(NOON);
  private final Told told = new Told();
  private Storage storage;

  @BeforeEach
  void start() throws IOException {
    storage = Storage.open(folder, told, clock);
  }

  @AfterEach
  void stop() {
    storage.close();
  }

  private Shelf shelf(String learns) {
    return storage.shelf(new Shelf.Label("source", learns, HISTORY, "test"));
  }

  private static long hour(int ofNoon) {
    return NOON.plus(Duration.ofHours(ofNoon)).toEpochMilli();
  }

  private static void seal(Shelf shelf, int release, int... hours) {
    for (int hour : hours) {
      assertThat(shelf.seal(hour(hour), List.of(new State(release)))).isTrue();
    }
  }

  private static Optional<Long> open(Shelf shelf, int release) {
    return shelf.open(new Reader(release));
  }

  /** The hours of what is there, counted from noon, in order. */
  private List<Long> hours() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(SegmentName::parse)
          .flatMap(Optional::stream)
          .map(name -> (name.slot() - hour(0)) / Duration.ofHours(1).toMillis())
          .sorted()
          .toList();
    }
  }

  @Test
  void what_a_later_release_sealed_outlives_what_the_one_before_seals_while_it_learns()
      throws IOException {
    seal(shelf("a"), LATER, -1, 0);
    Shelf older = shelf("a");
    assertThat(open(older, OLDER)).isEmpty();
    assertThat(told.aside).containsExactly(Aside.UNREADABLE, Aside.UNREADABLE);
    seal(older, OLDER, -160, -120, -80, -40);
    assertThat(hours()).containsExactly(-80L, -40L, -1L, 0L);
    assertThat(open(shelf("a"), LATER)).as("the later release again").hasValue(hour(0));
    assertThat(open(shelf("a"), OLDER)).as("or the one before again").hasValue(hour(-40));
  }

  @Test
  void once_the_release_before_has_caught_up_the_newest_two_are_its_own() throws IOException {
    seal(shelf("a"), LATER, -1, 0);
    Shelf older = shelf("a");
    assertThat(open(older, OLDER)).isEmpty();
    seal(older, OLDER, -160, -40);
    clock.move(Duration.ofHours(2));
    seal(older, OLDER, 1, 2);
    assertThat(hours()).containsExactly(1L, 2L);
    assertThat(open(shelf("a"), LATER)).as("and are read by the later one").hasValue(hour(2));
  }

  @Test
  void a_clock_that_is_behind_at_the_start_loses_no_sealed_hour() throws IOException {
    seal(shelf("a"), OLDER, -1, 0);
    clock.move(Duration.ofHours(-3));
    Shelf behind = shelf("a");
    assertThat(open(behind, OLDER)).isEmpty();
    assertThat(told.aside).containsExactly(Aside.FUTURE, Aside.FUTURE);
    seal(behind, OLDER, -100, -50, -3);
    assertThat(hours()).containsExactly(-50L, -3L, -1L, 0L);
    clock.move(Duration.ofHours(3));
    assertThat(open(shelf("a"), OLDER)).as("once the clock is right").hasValue(hour(0));
  }

  @Test
  void a_clock_that_is_put_right_while_it_runs_ends_with_the_newest_two() throws IOException {
    seal(shelf("a"), OLDER, -1, 0);
    clock.move(Duration.ofHours(-3));
    Shelf behind = shelf("a");
    assertThat(open(behind, OLDER)).isEmpty();
    seal(behind, OLDER, -50, -3);
    clock.move(Duration.ofHours(4));
    seal(behind, OLDER, 1);
    assertThat(hours()).containsExactly(0L, 1L);
  }

  @Test
  void what_was_sealed_before_a_mistake_stays_while_all_is_learnt_again() throws IOException {
    Shelf shelf = shelf("a");
    seal(shelf, OLDER, -1, 0);
    seal(shelf, OLDER, -160, -159); // the state before is not gone on from
    assertThat(open(shelf("a"), OLDER)).hasValue(hour(0));
  }

  @Test
  void of_many_that_are_later_the_two_next_to_the_present_stay() throws IOException {
    clock.move(Duration.ofDays(400));
    int year = 365 * 24;
    seal(shelf("a"), OLDER, year, year + 1); // by a clock that was ahead
    clock.move(Duration.ofDays(-400));
    seal(shelf("a"), LATER, -1, 0);
    assertThat(hours()).contains(-1L, 0L);
    int[] all = LongStream.range(-150, -20).mapToInt(hour -> (int) hour).toArray();
    seal(shelf("a"), OLDER, all);
    assertThat(hours()).containsExactly(-22L, -21L, -1L, 0L);
  }

  @Test
  void of_another_configuration_the_one_next_to_the_present_stays_for_the_history()
      throws IOException {
    clock.move(Duration.ofDays(400));
    seal(shelf("b"), OLDER, 365 * 24);
    clock.move(Duration.ofDays(-400));
    seal(shelf("b"), OLDER, -2, -1);
    seal(shelf("a"), OLDER, -100, 0);
    assertThat(hours()).containsExactly(-100L, -1L, 0L);
    clock.move(HISTORY);
    seal(shelf("a"), OLDER, 7 * 24);
    assertThat(hours()).containsExactly(0L, 168L);
  }

  private record State(int release) implements Block {
    @Override
    public int kind() {
      return 1;
    }

    @Override
    public void write(BlockOutput out) {
      out.writeInt(release);
    }
  }

  private record Reader(int release) implements StateReader<Integer, Long> {
    @Override
    public Optional<Integer> block(int kind, BlockInput in) throws IOException {
      int written = in.readInt();
      if (written > release) {
        throw new IOException("of release " + written);
      }
      return Optional.of(written);
    }

    @Override
    public Long state(long slot, List<Integer> parts) {
      return slot;
    }
  }

  @Test
  void it_tells_when_what_it_begins_with_was_sealed() throws IOException {
    Shelf shelf = shelf("one");
    assertThat(open(shelf, LATER)).isEmpty();
    seal(shelf, OLDER, -30);
    Instant sealed = NOON.minus(Duration.ofHours(3)); // an hour of the past, sealed a day later
    Path segment = segments().get(0);
    Files.setLastModifiedTime(segment, FileTime.from(sealed));
    assertThat(open(shelf, LATER)).isPresent();
    Files.setLastModifiedTime(segment, FileTime.from(NOON.plusSeconds(60)));
    assertThat(open(shelf, LATER)).isPresent();
    assertThat(told.begunWith)
        .as("never, then, not later than now")
        .containsExactly(Instant.EPOCH, sealed, NOON);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(".segment")).toList();
    }
  }

  private static final class Told implements CheckpointListener {
    private final List<Aside> aside = new ArrayList<>();
    private final List<Instant> begunWith = new ArrayList<>();

    @Override
    public void opened(String source, Instant sealed) {
      begunWith.add(sealed);
    }

    @Override
    public void sealed(String source, Instant at, long bytes, Duration took) {}

    @Override
    public void notSealed(String source) {}

    @Override
    public void setAside(String source, Aside reason) {
      aside.add(reason);
    }
  }
}
