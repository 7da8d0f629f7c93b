package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.FakeRemoteRead;
import dev.tidemark.exporter.fake.FakeRemoteRead.Mood;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.MovedClock;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read by remote read is what queries tell, or queries are asked. */
@Timeout(60)
class RawReaderTest {
  private static final int SLOTS = 100;

  private final Recording recording = new Recording();
  private final FakeRemoteRead remote = new FakeRemoteRead(recording, Map.of("replica", "a"));
  private final MovedClock clock = new MovedClock(Instant.ofEpochMilli(Scene.at(SLOTS)));
  private Duration interval = Duration.ofSeconds(30);
  private FakePrometheus prometheus;
  private PrometheusClient client;
  private ChunkReader reader;

  @BeforeEach
  void start() throws IOException {
    prometheus = new FakePrometheus(recording);
    prometheus.reads(remote);
    ClientLimits limits = new ClientLimits(Duration.ofSeconds(30), 64L << 20, 1, 1);
    client = new PrometheusClient(prometheus.url(), HttpConfig.NONE, limits);
    reader = reader();
    new Scene(recording).runs(Scene.target("api", "a:1"), -15, SLOTS, slot -> 50 + slot % 7);
  }

  private ChunkReader reader() {
    return new ChunkReader(
        new Answers(client, new LabelSets(1), clock),
        new Grid(interval, Duration.ZERO, Duration.ofHours(3)),
        List.of(),
        List.of(),
        List.of(Learned.goroutines()));
  }

  @AfterEach
  void stop() {
    client.close();
    prometheus.close();
  }

  private record Read(List<Event> came, List<Event> starts, Map<TargetKey, List<Double>> samples) {}

  private Read read(int from, int slots) throws Exception {
    Chunk chunk = reader.read(Scene.at(from), slots);
    Map<TargetKey, List<Double>> samples = new HashMap<>();
    Map<Signal, Map<TargetKey, Column>> columns = chunk.samples();
    columns
        .getOrDefault(Learned.goroutines(), Map.of())
        .forEach(
            (key, column) ->
                samples.put(key, IntStream.range(0, slots).mapToObj(column::at).toList()));
    return new Read(new ArrayList<>(chunk.came()), new ArrayList<>(chunk.processStarts()), samples);
  }

  private Read byQueries(int from, int slots) throws Exception {
    Mood before = remote.mood();
    remote.is(Mood.NOT_THERE);
    ChunkReader own = reader;
    reader = reader();
    Read read = read(from, slots);
    reader = own;
    remote.is(before);
    return read;
  }

  private static void assertSame(Read one, Read other) {
    assertThat(one.came()).containsExactlyInAnyOrderElementsOf(other.came());
    assertThat(one.starts()).containsExactlyInAnyOrderElementsOf(other.starts());
    assertThat(one.samples()).isEqualTo(other.samples());
  }

  @Test
  void labels_of_series_that_are_not_there_in_the_slot_that_is_compared_are_their_own()
      throws Exception {
    new Scene(recording).runs(Scene.pod("short-0"), 20, 40, slot -> 9);
    new Scene(recording).runs(Scene.pod("short-1"), 22, 40, slot -> 11);
    Read raw = read(0, SLOTS);
    assertThat(prometheus.queries()).as("read raw").noneMatch(q -> q.startsWith("count_over_time"));
    assertSame(raw, byQueries(0, SLOTS));
    assertThat(raw.samples()).hasSize(3);
  }

  @Test
  void one_answer_in_eight_is_compared_with_a_query() throws Exception {
    int slots = 16;
    List<Integer> asked = new ArrayList<>();
    new Scene(recording).runs(Scene.target("api", "a:1"), SLOTS, 18L * slots, slot -> 60);
    for (int chunk = 0; chunk < 18; chunk++) {
      long before = goroutineQueries();
      Read raw = read(chunk * slots, slots);
      asked.add((int) (goroutineQueries() - before));
      assertThat(raw.samples()).as("chunk %d", chunk).hasSize(1);
    }
    assertThat(asked).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0);
  }

  private long goroutineQueries() {
    return prometheus.queries().stream().filter(q -> q.equals("go_goroutines")).count();
  }

  @Test
  void a_sample_that_is_late_in_the_first_slot_counts_however_long_the_interval() throws Exception {
    interval = Duration.ofMinutes(4);
    reader = reader();
    long step = interval.toMillis();
    Map<String, String> labels = Scene.target("slow", "a:1");
    for (int i = -3; i < 20; i++) {
      if (i != 0) { // one scrape is lost
        recording.add("go_goroutines", labels, Scene.at(0) + i * step - 10_000, 50 + i);
      }
    }
    Read raw = read(0, 20);
    assertSame(raw, byQueries(0, 20));
    assertThat(raw.samples().get(TargetKey.of(labels).orElseThrow())).startsWith(49.0, 51.0);
  }

  @Test
  void a_server_whose_remote_read_always_breaks_off_is_asked_by_queries() throws Exception {
    remote.is(Mood.BREAKS_OFF);
    Read read = read(0, SLOTS);
    assertSame(read, byQueries(0, SLOTS));
    assertThat(read.samples()).hasSize(1);
    int asked = remote.asked().size();
    read(0, SLOTS);
    read(0, SLOTS);
    int later = remote.asked().size();
    read(0, SLOTS);
    assertThat(remote.asked()).as("at last it is left alone").hasSize(later).hasSizeGreaterThan(0);
    assertThat(asked).isPositive();
  }

  @Test
  void one_answer_that_breaks_off_does_not_end_remote_read() throws Exception {
    remote.breaksOffOnce();
    assertSame(read(0, SLOTS), byQueries(0, SLOTS));
    int before = prometheus.queries().size();
    read(0, SLOTS);
    assertThat(prometheus.queries().subList(before, prometheus.queries().size()))
        .as("read raw")
        .noneMatch(q -> q.startsWith("count_over_time"));
  }

  @Test
  void a_server_without_remote_read_is_left_alone_at_last() throws Exception {
    remote.is(Mood.HTML);
    for (int chunk = 0; chunk < 12; chunk++) {
      read(0, SLOTS);
    }
    int asked = remote.asked().size();
    assertThat(read(0, SLOTS).samples()).hasSize(1);
    assertThat(remote.asked()).hasSize(asked);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"BREAKS_OFF", "STATUS_503", "HTML", "NOT_THERE"})
  void what_was_given_up_is_tried_again_after_an_hour(Mood mood) throws Exception {
    remote.is(mood);
    for (int chunk = 0; chunk < 12; chunk++) {
      read(0, SLOTS);
    }
    remote.is(Mood.WELL);
    int asked = remote.asked().size();
    clock.move(Duration.ofMinutes(59));
    read(0, SLOTS);
    assertThat(remote.asked()).as("left alone").hasSize(asked);
    clock.move(Duration.ofMinutes(1));
    int before = prometheus.queries().size();
    Read raw = read(0, SLOTS);
    assertThat(prometheus.queries().subList(before, prometheus.queries().size()))
        .as("read raw")
        .noneMatch(q -> q.startsWith("count_over_time"));
    assertSame(raw, byQueries(0, SLOTS));
  }

  @Test
  void a_server_that_still_has_none_is_left_alone_for_another_hour() throws Exception {
    remote.is(Mood.HTML);
    for (int chunk = 0; chunk < 12; chunk++) {
      read(0, SLOTS);
    }
    clock.move(Duration.ofHours(1));
    for (int chunk = 0; chunk < 12; chunk++) {
      read(0, SLOTS);
    }
    int asked = remote.asked().size();
    clock.move(Duration.ofMinutes(59));
    assertThat(read(0, SLOTS).samples()).hasSize(1);
    assertThat(remote.asked()).hasSize(asked);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"STATUS_503", "HTML"})
  void answers_that_fail_for_a_moment_do_not_end_remote_read(Mood mood) throws Exception {
    remote.is(mood);
    assertSame(read(0, SLOTS), byQueries(0, SLOTS));
    remote.is(Mood.WELL);
    int before = prometheus.queries().size();
    read(0, SLOTS);
    assertThat(prometheus.queries().subList(before, prometheus.queries().size()))
        .as("read raw")
        .noneMatch(q -> q.startsWith("count_over_time"));
  }

  @Test
  void a_server_that_answers_nothing_while_it_starts_is_read_raw_when_it_has() throws Exception {
    remote.is(Mood.STATUS_503);
    prometheus.is(FakePrometheus.Mood.STATUS_500);
    assertThatThrownBy(() -> read(0, SLOTS)).isInstanceOf(PrometheusException.class);
    remote.is(Mood.WELL);
    prometheus.is(FakePrometheus.Mood.WELL);
    read(0, SLOTS);
    assertThat(prometheus.queries()).as("read raw").noneMatch(q -> q.startsWith("count_over_time"));
  }
}
