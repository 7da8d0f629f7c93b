package dev.tidemark.engine;

import dev.tidemark.engine.baseline.Band;
import dev.tidemark.engine.baseline.Baseline;
import dev.tidemark.engine.baseline.Freezing;
import dev.tidemark.engine.growth.Growth;
import dev.tidemark.engine.growth.Surroundings;
import dev.tidemark.engine.window.LogCode;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Judges one series: how far it is from its normal level, and whether it grows like a leak.
 *
 * <p>The state is a pure function of the samples and priors observed: no clock is read, so live and
 * recorded samples give the same judgements bit for bit. Not safe for several threads.
 */
public final class Judge {
  /** Times beyond this are not times: 35,000 years on either side of 1970. */
  private static final long LAST_TIME = 1L << 50;

  private static final Layout LAYOUT = new Layout("judge", 4, 0);

  private final SeriesShape shape;
  private final JudgeConfig config;
  private final Baseline baseline;
  private final Freezing freezing;
  private final Growth growth;
  private long newest = Long.MIN_VALUE;
  private boolean teaches;
  private long ignoredNotFinite;
  private long ignoredLate;

  public Judge(SeriesShape shape, JudgeConfig config) {
    this.shape = shape;
    this.config = config;
    baseline = new Baseline(config);
    freezing = new Freezing(config);
    growth = new Growth(config, shape.reduce());
  }

  /**
   * Judges a sample by what was learnt before it, then learns from it.
   *
   * @param workload what the workload knows, null when it knows nothing
   * @param members where the members of the workload were in the slot before, null when not known
   * @return a judgement; one that is {@link Judgement#ignored} when the sample changed nothing
   */
  public Judgement observe(Sample sample, @Nullable Prior workload, @Nullable Peers members) {
    Prior prior = config.uses(Part.PRIOR) ? workload : null;
    Peers peers = config.uses(Part.PEERS) ? members : null;
    long time = sample.timeMillis();
    double value = sample.value();
    if (!Double.isFinite(value)) {
      ignoredNotFinite++;
      return ignored(sample, "the value is not finite");
    }
    if (time <= newest || Math.abs(time) > LAST_TIME) {
      ignoredLate++;
      return ignored(sample, "the sample is not newer than the one before");
    }
    newest = time;
    Band band = Band.of(baseline, config, shape, prior, time);
    double score = band.score(value, shape.side());
    boolean restarted =
        growth.add(
            sample,
            new Surroundings(
                band.expected(),
                shape.smallestBand(),
                shape.measure(),
                sample.limit(),
                config.minSamples(),
                baseline,
                prior,
                peers));
    learn(sample, score, restarted, prior);
    double peerScore =
        peers == null ? Double.NaN : Band.among(peers, shape).score(value, shape.side());
    return judgement(sample, band, score, peerScore);
  }

  /** As {@link #observe(Sample, Prior, Peers)} of a series without known peers. */
  public Judgement observe(Sample sample, @Nullable Prior workload) {
    return observe(sample, workload, null);
  }

  private Judgement ignored(Sample sample, String reason) {
    teaches = false;
    return Judgement.ignored(sample, growth.state(), reason);
  }

  private void learn(Sample sample, double score, boolean restarted, @Nullable Prior prior) {
    long time = sample.timeMillis();
    HorizonGrowth leading = growth.leading();
    LeakState leak = growth.state();
    long rising = leading == null ? 0 : leading.spanMillis();
    char code = LogCode.encode(sample.value());
    Freezing.Condition condition =
        new Freezing.Condition(
            time, score, leak, rising, restarted, growth.fell(), learntMillis(prior));
    switch (freezing.next(condition)) {
      case LEARN -> baseline.learn(time, code);
      case HOLD -> baseline.hold(time, code, freezing.heldFrom());
      case FORGET -> {
        baseline.forget(freezing.heldFrom(), time);
        baseline.learn(time, code);
      }
    }
    teaches = leak == LeakState.NONE && !freezing.frozen() && !growth.warmingUp(time);
  }

  /** A workload that is known has learnt longer than any cap. */
  private long learntMillis(@Nullable Prior prior) {
    boolean known = prior != null && prior.samples() >= config.minSamples();
    return known ? Long.MAX_VALUE : baseline.learntMillis();
  }

  private Judgement judgement(Sample sample, Band band, double score, double peerScore) {
    HorizonGrowth leading = growth.leading();
    double slope = slope(leading);
    boolean significant =
        leading != null && (leading.rising() || leading.state() != LeakState.NONE);
    double toLimit = Double.NaN;
    if (significant && slope > 0 && !Double.isNaN(sample.limit())) {
      toLimit = Math.max(0, (sample.limit() - sample.value()) / slope);
    }
    return new Judgement(
        sample.timeMillis(),
        sample.value(),
        band.expected(),
        band.upper(),
        band.lower(),
        score,
        growth.state(),
        slope,
        growth.horizons(),
        toLimit,
        baseline.learntMillis(),
        freezing.frozen(),
        false,
        verdict(leading),
        peerScore);
  }

  private static double slope(@Nullable HorizonGrowth leading) {
    return leading == null ? Double.NaN : leading.perSecond();
  }

  private static String verdict(@Nullable HorizonGrowth leading) {
    return leading == null ? "no horizon is configured" : leading.reason();
  }

  /** A judgement with the growth as it is known now. */
  Judgement growing(Judgement of) {
    HorizonGrowth leading = growth.leading();
    return new Judgement(
        of.timeMillis(),
        of.value(),
        of.expected(),
        of.upper(),
        of.lower(),
        of.score(),
        growth.state(),
        slope(leading),
        growth.horizons(),
        of.timeToLimitSeconds(),
        of.historyMillis(),
        of.frozen(),
        of.ignored(),
        verdict(leading),
        of.peerScore());
  }

  /**
   * A quantile of what the baseline has learnt in a window.
   *
   * @param window index into {@link JudgeConfig#windows()}, shortest first
   * @param q in [0, 1], rank q·(n−1), linear between neighbours
   * @return NaN while the window is empty
   */
  public double quantile(int window, double q) {
    return baseline.quantile(window, q);
  }

  /**
   * What is remembered of a window, for a drawing; nothing is learnt by it.
   *
   * @param window index into {@link JudgeConfig#windows()}, shortest first
   */
  public Trace trace(int window) {
    return baseline.trace(window);
  }

  /** The band that a sample of a time would be judged by, as far as is known now. */
  public Band band(long timeMillis, @Nullable Prior workload) {
    Prior prior = config.uses(Part.PRIOR) ? workload : null;
    return Band.of(baseline, config, shape, prior, timeMillis);
  }

  /** Whether the band follows the time of day, or of the week. */
  public boolean hasRhythm() {
    return baseline.season() != null;
  }

  /** Whether the last sample may feed the workload: past warm-up, not frozen, no leak suspected. */
  public boolean teaches() {
    return teaches;
  }

  /** Time of the newest sample that was not ignored; {@link Long#MIN_VALUE} before the first. */
  public long newestMillis() {
    return newest;
  }

  /** Samples ignored because their value was NaN or infinite. */
  public long ignoredNotFinite() {
    return ignoredNotFinite;
  }

  /** Samples ignored because they were not newer than the one before, or not a time at all. */
  public long ignoredLate() {
    return ignoredLate;
  }

  /**
   * Writes the whole state; {@link #decode} continues as if nothing had happened. A later release
   * may write more at the end, so the reader must find by itself what comes after.
   */
  public void encode(DataOutput out) throws IOException {
    LAYOUT.write(out);
    out.writeInt(fingerprint());
    out.writeLong(newest);
    out.writeBoolean(teaches);
    out.writeLong(ignoredNotFinite);
    out.writeLong(ignoredLate);
    baseline.encode(out);
    freezing.encode(out);
    growth.encode(out);
  }

  /**
   * Reads what {@link #encode} wrote, for the same shape and configuration.
   *
   * @throws IOException when it is damaged, of an unknown version or of another configuration;
   *     never takes more memory than a fresh judge of this configuration may
   */
  public static Judge decode(DataInput in, SeriesShape shape, JudgeConfig config)
      throws IOException {
    int unused = LAYOUT.read(in);
    Judge read = new Judge(shape, config);
    if (in.readInt() != read.fingerprint()) {
      throw new IOException(
          "judge of another configuration: windows, lag, growth or signal differ");
    }
    read.newest = in.readLong();
    read.teaches = in.readBoolean();
    read.ignoredNotFinite = in.readLong();
    read.ignoredLate = in.readLong();
    read.baseline.restore(in);
    read.freezing.restore(in);
    read.growth.restore(in);
    return read;
  }

  /** Of what decides the layout of the state; thresholds may change between releases. */
  private int fingerprint() {
    int hash = shape.reduce().name().hashCode();
    for (WindowShape window : config.windows()) {
      hash = 31 * hash + Long.hashCode(window.slot().toMillis());
      hash = 31 * hash + window.slots();
    }
    for (var horizon : config.growth().horizons()) {
      hash = 31 * hash + Long.hashCode(horizon.toMillis());
    }
    hash = 31 * hash + Long.hashCode(config.lag().toMillis());
    return 31 * hash + Long.hashCode(config.freezeCap().toMillis());
  }
}
