package dev.tidemark.engine;

import dev.tidemark.engine.window.CodeRing;
import dev.tidemark.engine.window.LogCode;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges one series. The state is a pure function of the samples observed: no clock is read, so
 * live and recorded samples give the same judgements bit for bit. Not safe for several threads.
 */
public final class Judge {
  private final SeriesShape shape;
  private final CodeRing[] rings;
  private long newest = Long.MIN_VALUE;
  private long ignoredNotFinite;
  private long ignoredLate;

  public Judge(SeriesShape shape, JudgeConfig config) {
    this.shape = shape;
    rings =
        config.windows().stream()
            .map(w -> new CodeRing(w.slot().toMillis(), w.slots()))
            .toArray(CodeRing[]::new);
  }

  /** Judges a sample, then learns from it. */
  public Judgement observe(Sample sample, @Nullable Prior prior) {
    if (!Double.isFinite(sample.value())) {
      ignoredNotFinite++;
      return Judgement.ignored(sample, LeakState.NONE, "value is not finite");
    }
    if (sample.timeMillis() <= newest) {
      ignoredLate++;
      return Judgement.ignored(sample, LeakState.NONE, "sample is not newer than the last");
    }
    newest = sample.timeMillis();
    char code = LogCode.encode(sample.value());
    for (CodeRing ring : rings) {
      ring.add(sample.timeMillis(), code);
    }
    double expected = rings[rings.length - 1].quantile(0.5);
    double band = Math.max(shape.smallestBand(), 0.05 * Math.abs(expected));
    return new Judgement(
        sample.timeMillis(),
        sample.value(),
        expected,
        expected + band,
        expected - band,
        (sample.value() - expected) / band,
        LeakState.NONE,
        Double.NaN,
        List.of(),
        Double.NaN,
        0,
        false,
        false,
        "inside its band");
  }

  /**
   * A quantile of what the baseline has learnt in a window.
   *
   * @param window index into {@link JudgeConfig#windows()}, shortest first
   * @param q in [0, 1], rank q·(n−1), linear between neighbours
   * @return NaN while the window is empty
   */
  public double quantile(int window, double q) {
    return rings[window].quantile(q);
  }

  /** Whether the last sample may feed the workload: past warm-up, not frozen, no leak suspected. */
  public boolean teaches() {
    return true;
  }

  /** Time of the newest sample that was not ignored; {@link Long#MIN_VALUE} before the first. */
  public long newestMillis() {
    return newest;
  }

  /** Samples ignored because their value was NaN or infinite. */
  public long ignoredNotFinite() {
    return ignoredNotFinite;
  }

  /** Samples ignored because they were not newer than the one before. */
  public long ignoredLate() {
    return ignoredLate;
  }

  /** Writes the whole state; {@link #decode} continues as if nothing had happened. */
  public void encode(DataOutput out) throws IOException {
    out.writeLong(newest);
    for (CodeRing ring : rings) {
      ring.encode(out);
    }
  }

  /**
   * Reads what {@link #encode} wrote, for the same shape and configuration.
   *
   * @throws IOException when it is damaged, of an unknown version or of another configuration
   */
  public static Judge decode(DataInput in, SeriesShape shape, JudgeConfig config)
      throws IOException {
    Judge read = new Judge(shape, config);
    read.newest = in.readLong();
    for (int i = 0; i < read.rings.length; i++) {
      read.rings[i] = CodeRing.decode(in, read.rings[i].slotMillis(), read.rings[i].slots());
    }
    return read;
  }
}
