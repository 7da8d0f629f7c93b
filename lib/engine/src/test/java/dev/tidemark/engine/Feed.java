package dev.tidemark.engine;

import java.time.Duration;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Feeds a judge from a moving clock and keeps what the tests ask for. */
final class Feed {
  /** A Monday, 00:00 UTC. */
  static final long MONDAY = 1_767_571_200_000L;

  final long step;
  Judge judge;
  long now = MONDAY;
  long start = 0;
  double limit = Double.NaN;
  @Nullable Prior prior;
  @Nullable WorkloadPanes panes;

  @Nullable Judgement last;
  long observed;
  long outside;
  long suspected;
  long confirmed;
  long frozen;
  long firstConfirmed = -1;
  long firstSuspected = -1;

  Feed(Judge judge, Duration step) {
    this.judge = judge;
    this.step = step.toMillis();
  }

  static Feed goroutines() {
    JudgeConfig config = JudgeConfig.defaults();
    return new Feed(
        new Judge(new SeriesShape(Side.HIGH, Reduce.TROUGH, 25), config), config.interval());
  }

  /** Forgets the counts, not the state. */
  Feed reset() {
    observed = outside = suspected = confirmed = frozen = 0;
    firstConfirmed = firstSuspected = -1;
    return this;
  }

  /** A new process from now on. */
  Feed restart() {
    start = now;
    return this;
  }

  Feed skip(Duration time) {
    now += time.toMillis();
    return this;
  }

  /** Feeds for a time; the function gets the milliseconds since the call. */
  Feed run(Duration time, LongToDoubleFunction value) {
    long from = now;
    for (; now < from + time.toMillis(); now += step) {
      Prior used = panes == null ? prior : panes.prior(now);
      Judgement j =
          judge.observe(new Sample(now, value.applyAsDouble(now - from), limit, start), used);
      if (panes != null && judge.teaches()) {
        panes.admit(j.timeMillis(), j.value());
      }
      last = j;
      observed++;
      outside += j.score() > 1 ? 1 : 0;
      frozen += j.frozen() ? 1 : 0;
      if (j.leakState() == LeakState.CONFIRMED) {
        confirmed++;
        firstConfirmed = firstConfirmed < 0 ? now - from : firstConfirmed;
      }
      if (j.leakState() == LeakState.SUSPECTED) {
        suspected++;
        firstSuspected = firstSuspected < 0 ? now - from : firstSuspected;
      }
    }
    return this;
  }

  Judgement last() {
    if (last == null) {
      throw new IllegalStateException("nothing was observed");
    }
    return last;
  }
}
