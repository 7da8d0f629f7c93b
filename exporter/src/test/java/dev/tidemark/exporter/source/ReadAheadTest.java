package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.MovedClock;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A chunk is read while the one before is judged. */
@Timeout(60)
class ReadAheadTest implements ChunkSource, FeedListener {
  private static final long STEP = 30_000;
  private static final long NOW = 1_767_225_600_000L;
  private static final Grid GRID =
      new Grid(Duration.ofMillis(STEP), Duration.ZERO, Duration.ofMillis(1000 * STEP));

  private final MovedClock clock = new MovedClock(Instant.ofEpochMilli(NOW));
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Semaphore answers = new Semaphore(1000);
  private final Semaphore answered = new Semaphore(0);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Feed feed = new Feed("fake", GRID, this, this, clock);
  private volatile int width = 1;
  private volatile Duration takes = Duration.ZERO;
  private volatile boolean fails;
  private final AtomicLong useful = new AtomicLong();

  @AfterEach
  void stop() {
    feed.close();
  }

  @Override
  public Chunk read(long first, int slots) throws PrometheusException {
    asked.add((first - NOW) / STEP + " " + slots);
    try {
      answers.acquire();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new PrometheusException(Reason.INTERRUPTED, "interrupted", e);
    }
    clock.move(takes);
    answered.release();
    if (fails) {
      throw new PrometheusException(Reason.TIMEOUT, "too slow", null);
    }
    return chunk(first, slots);
  }

  private Chunk chunk(long first, int slots) {
    Map<TargetKey, Column> columns = new HashMap<>();
    for (int i = 0; i < width; i++) {
      Map<String, String> labels = Map.of("job", "api", "instance", "i" + i);
      columns.put(TargetKey.of(labels).orElseThrow(), new Column(slots));
    }
    Map<Signal, Map<TargetKey, Column>> samples = Map.of(Learned.goroutines(), columns);
    List<Event> none = List.of();
    return new Chunk(
        first,
        slots,
        STEP,
        samples,
        none,
        none,
        none,
        List.of(),
        List.of(),
        Map.of(),
        Chunk.Rejected.NONE);
  }

  @Test
  void the_next_chunk_and_no_more_is_read_while_one_is_judged() throws Exception {
    Duration unused = feed.runDue(chunk -> await(answered, 2));
    assertThat(asked).containsExactly("-1000 60", "-940 480");
    unused = feed.runDue(chunk -> await(answered, 1));
    assertThat(asked).containsExactly("-1000 60", "-940 480", "-460 461");
  }

  private static void await(Semaphore what, int times) {
    try {
      assertThat(what.tryAcquire(times, 30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void at_the_present_nothing_is_read_ahead() {
    while (!feed.status().isLive()) {
      Duration unused = feed.runDue(chunk -> {});
    }
    int before = asked.size();
    clock.move(Duration.ofMillis(STEP));
    Duration unused = feed.runDue(chunk -> {});
    assertThat(asked).hasSize(before + 1).last().isEqualTo("1 1");
  }

  @Test
  void a_source_that_worked_hard_rests_before_it_is_asked_ahead() {
    width = 4000;
    takes = Duration.ofSeconds(8);
    assertThat(feed.runDue(chunk -> {})).isEqualTo(Duration.ofSeconds(4));
    assertThat(asked).hasSize(1);
  }

  @Test
  void while_we_judge_it_rests() {
    width = 4000;
    takes = Duration.ofSeconds(8);
    assertThat(feed.runDue(chunk -> clock.move(Duration.ofSeconds(3))))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void what_fails_ahead_is_told_by_the_next_pass_and_asked_again_smaller() {
    answers.drainPermits();
    answers.release(1);
    Duration unused = feed.runDue(chunk -> failAll());
    await(answered, 2);
    assertThat(events).containsOnly("answered");
    assertThat(feed.runDue(chunk -> {})).isEqualTo(Duration.ofSeconds(1));
    assertThat(events).endsWith("failed timeout");
    assertThat(feed.status().slot()).isEqualTo(NOW - 941 * STEP);
    fails = false;
    unused = feed.runDue(chunk -> {});
    assertThat(asked).startsWith("-1000 60", "-940 480", "-940 240");
    assertThat(feed.status().slot()).isEqualTo(NOW - 701 * STEP);
  }

  @Test
  void a_wait_that_ran_out_after_good_answers_is_asked_again_as_it_was() {
    fails = true;
    for (int pass = 0; pass < 5; pass++) {
      useful.addAndGet(10);
      assertThat(feed.runDue(chunk -> {})).as("pass %d", pass).isEqualTo(Duration.ofSeconds(1));
    }
    assertThat(asked).containsOnly("-1000 60").hasSize(5);
    assertThat(feed.runDue(chunk -> {})).isEqualTo(Duration.ofSeconds(2));
    assertThat(feed.failures()).isEqualTo(2);
    useful.addAndGet(10); // of the smaller piece, which is a new one
    assertThat(feed.runDue(chunk -> {})).isEqualTo(Duration.ofSeconds(4));
    assertThat(asked).endsWith("-1000 60", "-1000 30");
  }

  @Test
  void how_long_the_source_worked_counts_what_was_kept_of_passes_that_failed() {
    width = 4000;
    takes = Duration.ofSeconds(3);
    fails = true;
    useful.set(1);
    Duration unused = feed.runDue(chunk -> {});
    fails = false;
    assertThat(feed.runDue(chunk -> {})).as("half of the six").isEqualTo(Duration.ofSeconds(3));
  }

  private void failAll() {
    fails = true;
    answers.release(1000);
  }

  @Test
  void closing_ends_what_is_read_and_who_waits_for_it() throws Exception {
    answers.drainPermits();
    Thread closing = new Thread(() -> closeWhenAsked());
    closing.start();
    Duration unused = feed.runDue(chunk -> events.add("judged"));
    assertThat(events).containsExactly("failed interrupted");
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    closing.join();
    assertThatThrownBy(() -> feed.runDue(chunk -> {})).isInstanceOf(RuntimeException.class);
  }

  private void closeWhenAsked() {
    while (asked.isEmpty()) {
      Thread.onSpinWait();
    }
    feed.close();
  }

  @Override
  public long answered() {
    return useful.get();
  }

  @Override
  public String match() {
    return "go_info";
  }

  @Override
  public String trouble() {
    return "";
  }

  @Override
  public void answered(String source, Instant at, long slot, long samples) {
    events.add("answered");
  }

  @Override
  public void failed(String source, String reason) {
    events.add("failed " + reason);
  }

  @Override
  public void rejected(String reason, long count) {}

  @Override
  public void missed(long slots) {}

  @Override
  public void progress(String source, double ratio) {}
}
