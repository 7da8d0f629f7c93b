package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int DAY_WINDOW = 1;

  private static double newest(Trace trace) {
    return trace.values().get(trace.values().size() - 1);
  }

  @Test
  void nothing_is_remembered_before_the_first_sample() {
    Trace trace = Feed.goroutines().judge.trace(DAY_WINDOW);
    assertThat(trace).isEqualTo(new Trace(Duration.ofDays(1), 0, 60_000, List.of()));
  }

  @Test
  void one_sample_stands_in_the_last_slot_of_each_window() {
    Feed feed = Feed.goroutines();
    feed.run(Duration.ofSeconds(30), t -> 500);
    for (int window = 0; window < 3; window++) {
      Trace trace = feed.judge.trace(window);
      assertThat(newest(trace)).isCloseTo(500, Percentage.withPercentage(0.5));
      assertThat(trace.values().stream().filter(v -> !v.isNaN())).hasSize(1);
      long lastSlot = trace.firstMillis() + (trace.values().size() - 1) * trace.stepMillis();
      assertThat(feed.last().timeMillis()).isBetween(lastSlot, lastSlot + trace.stepMillis() - 1);
    }
  }

  @Test
  void what_waits_behind_the_lag_and_what_taught_stand_in_one_line_without_a_hole() {
    Feed feed = Feed.goroutines();
    feed.run(Duration.ofHours(30), t -> 1000 + t / 60_000.0);
    Trace trace = feed.judge.trace(DAY_WINDOW);
    assertThat(trace.values()).hasSize(1440).noneMatch(v -> v.isNaN());
    long begin = feed.now - Duration.ofHours(30).toMillis();
    for (int i = 0; i < 1440; i++) {
      long time = trace.firstMillis() + i * trace.stepMillis();
      double fed = 1000 + (time - begin) / 60_000.0;
      assertThat(trace.values().get(i)).as("slot %d", i).isCloseTo(fed, within(fed * 0.006));
    }
  }

  @Test
  void a_gap_is_a_gap_whether_it_taught_or_waits() {
    Feed feed = Feed.goroutines();
    feed.run(HOUR, t -> 100).skip(HOUR).run(HOUR.multipliedBy(3), t -> 100);
    feed.skip(Duration.ofMinutes(10)).run(Duration.ofMinutes(10), t -> 100);
    Trace trace = feed.judge.trace(DAY_WINDOW);
    long end = feed.last().timeMillis();
    assertThat(at(trace, end - Duration.ofMinutes(15).toMillis())).isNaN();
    assertThat(at(trace, end - Duration.ofMinutes(5).toMillis())).isNotNaN();
    assertThat(at(trace, end - Duration.ofMinutes(220).toMillis())).isNaN();
    assertThat(at(trace, end - Duration.ofMinutes(290).toMillis())).isNotNaN();
  }

  @Test
  void a_leak_that_is_held_back_is_seen() {
    Feed feed = Feed.goroutines();
    feed.run(Duration.ofDays(2), t -> 500 + t / 30_000 % 7);
    feed.run(HOUR.multipliedBy(6), t -> 500 + t / 3_600_000.0 * 1000);
    assertThat(feed.last().frozen()).isTrue();
    Trace trace = feed.judge.trace(DAY_WINDOW);
    assertThat(newest(trace)).isCloseTo(6492, Percentage.withPercentage(1));
    assertThat(at(trace, feed.now - HOUR.multipliedBy(3).toMillis()))
        .isCloseTo(3500, Percentage.withPercentage(1));
  }

  @Test
  void looking_changes_nothing_and_the_band_is_the_one_that_judges() {
    Feed looked = Feed.goroutines();
    Feed left = Feed.goroutines();
    for (int i = 0; i < 50; i++) {
      double level = 400 + 30 * (i % 5);
      left.run(HOUR, t -> level);
      looked.run(HOUR, t -> level);
      Trace unused = looked.judge.trace(i % 3);
      var unusedBand = looked.judge.band(looked.now, null);
    }
    assertThat(looked.last()).isEqualTo(left.last());
    var band = looked.judge.band(looked.now, null);
    looked.run(Duration.ofSeconds(30), t -> 400);
    assertThat(band.upper()).isCloseTo(looked.last().upper(), within(1e-9));
    assertThat(band.expected()).isCloseTo(looked.last().expected(), within(1e-9));
  }

  private static double at(Trace trace, long timeMillis) {
    return trace.values().get((int) ((timeMillis - trace.firstMillis()) / trace.stepMillis()));
  }
}
