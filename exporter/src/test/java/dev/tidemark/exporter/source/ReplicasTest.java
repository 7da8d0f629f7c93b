package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.FakePrometheus.Mood;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.MovedClock;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.signals.fact.Fact;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplicasTest implements FeedListener {
  private static final Map<String, String> TARGET = Scene.target("api", "a:1");

  private static final Lookup LIMIT =
      new Lookup(
          "limit",
          "max by (" + TargetKey.GROUPING + ") (go_gc_gomemlimit_bytes)",
          Fact.Merge.MAX,
          true);

  private final MovedClock clock = new MovedClock(Instant.ofEpochMilli(Scene.at(20)));
  private final List<String> events = new ArrayList<>();
  private final List<PrometheusClient> clients = new ArrayList<>();
  private final Recording firstRecording = new Recording();
  private final Recording secondRecording = new Recording();
  private FakePrometheus first;
  private FakePrometheus second;
  private Replicas replicas;

  @BeforeEach
  void start() throws IOException {
    first = new FakePrometheus(firstRecording);
    second = new FakePrometheus(secondRecording);
    replicas =
        new Replicas(
            List.of(
                new Replicas.Named("first", reader(first)),
                new Replicas.Named("second", reader(second))),
            this,
            clock);
  }

  @AfterEach
  void stop() {
    replicas.close();
    clients.forEach(PrometheusClient::close);
    first.close();
    second.close();
  }

  private ChunkReader reader(FakePrometheus server) {
    PrometheusClient client =
        new PrometheusClient(
            server.url(),
            HttpConfig.NONE,
            new ClientLimits(Duration.ofSeconds(30), 64L << 20, 1, 1));
    clients.add(client);
    return new ChunkReader(
        new Answers(client),
        new Grid(Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
        List.of(),
        List.of(),
        List.of(Learned.goroutines()),
        List.of(LIMIT));
  }

  private static void runs(Recording where, long from, long to, LongToDoubleFunction level) {
    new Scene(where).runs(TARGET, from, to, level);
  }

  /** What the target had in a slot, as a whole number; "-" where it had nothing. */
  private static String shown(Chunk chunk) {
    Column column =
        chunk
            .samples()
            .getOrDefault(Learned.goroutines(), Map.of())
            .getOrDefault(TargetKey.of(TARGET).orElseThrow(), new Column(chunk.slots()));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < chunk.slots(); i++) {
      text.append(Double.isNaN(column.at(i)) ? "-" : Long.toString((long) column.at(i)));
    }
    return text.toString();
  }

  private Chunk read() throws Exception {
    return replicas.read(Scene.at(1), 10);
  }

  @Test
  void the_gap_of_one_is_filled_by_the_other_and_the_first_wins_where_both_have_a_sample()
      throws Exception {
    runs(firstRecording, 1, 3, slot -> 1);
    runs(firstRecording, 7, 9, slot -> 1);
    runs(secondRecording, 3, 8, slot -> 2);
    assertThat(shown(read())).isEqualTo("111222111-");
    assertThat(events).containsExactly("answered first", "answered second");
    assertThat(replicas.trouble()).isEmpty();
  }

  @Test
  void what_a_replica_that_fails_lacks_does_not_stop_the_other() throws Exception {
    runs(firstRecording, 1, 10, slot -> 1);
    runs(secondRecording, 1, 10, slot -> 2);
    for (Mood mood : List.of(Mood.STATUS_500, Mood.HTML, Mood.TRUNCATED, Mood.PARTIAL)) {
      clock.move(Duration.ofMinutes(1));
      events.clear();
      first.is(mood);
      assertThat(shown(read())).as("%s", mood).isEqualTo("2222222222");
      assertThat(events).hasSize(2).last().isEqualTo("answered second");
      assertThat(events.get(0)).startsWith("failed first ");
      assertThat(replicas.trouble()).startsWith("replica first is left out: ");
    }
    first.is(Mood.WELL);
    assertThat(shown(read())).as("left alone for a while").isEqualTo("2222222222");
    clock.move(Duration.ofMinutes(1));
    assertThat(shown(read())).isEqualTo("1111111111");
    assertThat(replicas.trouble()).isEmpty();
  }

  @Test
  void who_was_down_does_not_take_away_the_limits_that_the_other_told_meanwhile() throws Exception {
    runs(firstRecording, 1, 40, slot -> 1);
    for (long slot = 1; slot <= 40; slot++) {
      firstRecording.add("go_gc_gomemlimit_bytes", TARGET, Scene.at(slot) - 5_000, 1e9);
    }
    assertThat(replicas.read(Scene.at(19), 1).limits()).as("both begin").hasSize(1);
    second.is(Mood.STATUS_500);
    assertThat(replicas.read(Scene.at(20), 1).limits()).as("one is down").hasSize(1);
    second.is(Mood.WELL);
    clock.move(Duration.ofMinutes(5));
    assertThat(replicas.read(Scene.at(21), 1).limits()).as("it is back").isEmpty();
    assertThat(events).endsWith("answered first", "answered second");
    assertThat(replicas.read(Scene.at(30), 1).limits())
        .as("both tell")
        .singleElement()
        .satisfies(table -> assertThat(table.limits()).hasSize(1));
  }

  @Test
  void none_answering_is_a_failure() {
    first.is(Mood.STATUS_500);
    second.is(Mood.HTML);
    assertThatThrownBy(this::read)
        .isInstanceOf(PrometheusException.class)
        .hasMessageContaining("500");
    assertThat(events).containsExactly("failed first status", "failed second not_json");
    first.is(Mood.PARTIAL);
    second.is(Mood.PARTIAL);
    assertThatThrownBy(this::read).isInstanceOf(PartialAnswerException.class);
  }

  @Test
  void one_that_hangs_is_not_waited_for_longer_than_the_grace() throws Exception {
    runs(secondRecording, 1, 10, slot -> 2);
    first.is(Mood.HANGS);
    assertThat(shown(read())).isEqualTo("2222222222");
    assertThat(events).containsExactly("failed first timeout", "answered second");
    first.is(Mood.WELL);
    clock.move(Duration.ofMinutes(1));
    runs(firstRecording, 1, 10, slot -> 1);
    assertThat(shown(read())).isEqualTo("1111111111");
  }

  @Test
  void a_start_that_only_one_has_seen_counts_and_the_newest_of_two() throws Exception {
    runs(firstRecording, 1, 10, slot -> 1);
    runs(secondRecording, 1, 4, slot -> 2);
    secondRecording.add(
        "process_start_time_seconds", TARGET, Scene.at(4) - 1000, Scene.at(4) / 1000.0);
    Chunk chunk = read();
    assertThat(chunk.processStarts())
        .extracting(Event::slot, e -> Math.round(e.value() * 1000))
        .contains(org.assertj.core.groups.Tuple.tuple(Scene.at(4), Scene.at(4)));
    assertThat(chunk.came()).hasSize(1);
  }

  @Test
  void a_signal_that_one_of_them_knows_is_known() throws Exception {
    runs(firstRecording, 1, 10, slot -> 1);
    runs(secondRecording, 1, 10, slot -> 2);
    first.refuses("go_goroutines");
    Chunk chunk = read();
    assertThat(shown(chunk)).isEqualTo("2222222222");
    assertThat(chunk.refused()).isEmpty();
    second.refuses("go_goroutines");
    assertThat(read().refused()).containsKey("signal goroutines");
  }

  @Override
  public void answered(String source, Instant at, long slot, long samples) {
    events.add("answered " + source);
  }

  @Override
  public void failed(String source, String reason) {
    events.add("failed " + source + " " + reason);
  }

  @Override
  public void rejected(String reason, long count) {}

  @Override
  public void missed(long slots) {}

  @Override
  public void progress(String source, double ratio) {}
}
