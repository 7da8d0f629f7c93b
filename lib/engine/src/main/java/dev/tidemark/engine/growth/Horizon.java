package dev.tidemark.engine.growth;

import dev.tidemark.engine.GrowthConfig;
import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.baseline.Season;
import dev.tidemark.engine.growth.Evidence.Weight;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One horizon: its blocks, and a verdict that neither jumps at one block nor sticks.
 *
 * <p>Suspected as soon as all gates agree once, or all but one for {@code confirmBlocks} blocks in
 * a row; confirmed when all agree for {@code confirmBlocks} in a row. A verdict holds while the
 * series goes on rising, and is taken back after {@code releaseBlocks} blocks in a row without a
 * rise, a suspicion after half as many.
 */
final class Horizon {
  private static final int LEAST_WATCHED = 8;
  private static final int DAYS_RELEASE = 2;

  private final Duration length;
  private final GrowthConfig.Gates gates;
  private final boolean days;
  private final Gauntlet gauntlet;
  private final Reduce reduce;
  private final Blocks blocks;
  private int full;
  private int near;
  private int quiet;

  /** How high the process was today and the day before without a restart after it. */
  private final Ebb ebb = new Ebb();

  private LeakState state = LeakState.NONE;

  // the last evidence; what is shown of it is held by the growth alone
  private Weight weight = Weight.FLAT;
  private boolean tail;
  private int confirmBlocks;
  private HorizonGrowth growth;

  Horizon(Duration length, GrowthConfig.Gates gates, Gauntlet gauntlet, Reduce reduce) {
    this(length, GrowthConfig.BLOCKS, gates, gauntlet, reduce);
  }

  private Horizon(
      Duration length, int count, GrowthConfig.Gates gates, Gauntlet gauntlet, Reduce reduce) {
    this.length = length;
    this.gates = gates;
    this.gauntlet = gauntlet;
    this.reduce = reduce;
    days = count != GrowthConfig.BLOCKS;
    blocks = new Blocks(length.toMillis(), count, reduce);
    growth = take(Evidence.none("has no blocks yet"));
  }

  /** The slow horizon, a point a day. */
  static Horizon ofDays(GrowthConfig.Gates gates, Gauntlet gauntlet, Reduce reduce) {
    return new Horizon(
        Duration.ofDays(GrowthConfig.DAYS), GrowthConfig.DAYS, gates, gauntlet, reduce);
  }

  /**
   * Adds a sample.
   *
   * @return whether that completed a block
   */
  boolean add(long timeMillis, double value) {
    return blocks.add(timeMillis, value);
  }

  /** Weighs the growth anew, because a block is complete. */
  void weigh(Life life, View.Whole whole, Surroundings around) {
    ebb.add(blocks.newestMillis(), (float) blocks.newest(), around.smallestBand());
    long now = blocks.newestMillis();
    long from = days ? Math.max(life.seenFrom(), life.warmUntil()) : life.warmUntil();
    Season season = days ? null : around.baseline().season();
    Points all = blocks.points(Long.MIN_VALUE).movedTo(now, season);
    Evidence evidence =
        gauntlet.weigh(
            new View(
                all.since(Math.max(from, Long.MIN_VALUE / 2) - blocks.newestBeginMillis()),
                all,
                () -> moved(whole.points(), now, season),
                length.toMillis(),
                days,
                life.birth(),
                season == null ? ebb.from() : Double.NaN,
                new Past(around, reduce, now),
                around));
    decide(evidence);
    growth = take(state == LeakState.CONFIRMED ? evidence.afterConfirmation() : evidence);
  }

  private static @Nullable Points moved(
      @Nullable Points points, long now, @Nullable Season season) {
    return points == null ? null : points.movedTo(now, season);
  }

  private void decide(Evidence evidence) {
    full = evidence.weight().compareTo(Weight.WANDERING) >= 0 ? full + 1 : 0;
    near = evidence.weight().compareTo(Weight.NEAR) >= 0 ? near + 1 : 0;
    boolean rises = evidence.rising() && evidence.tail();
    quiet = rises ? 0 : quiet + 1;
    int confirm = evidence.confirmBlocks();
    if (confirm > 0 && full >= confirm) {
      state = LeakState.CONFIRMED;
    } else if (state == LeakState.NONE
        && (evidence.weight() == Weight.FULL || near >= gates.confirmBlocks())) {
      state = LeakState.SUSPECTED;
    } else if (quiet >= (state == LeakState.CONFIRMED ? release() : suspicion())) {
      state = LeakState.NONE;
    }
  }

  private int release() {
    return days ? DAYS_RELEASE : gates.releaseBlocks();
  }

  private int suspicion() {
    return (release() + 1) / 2;
  }

  /** The point of the newest complete block. */
  double newest() {
    return blocks.newest();
  }

  /** Whether the newest block fell to less than half of the one before, by more than a band. */
  boolean fellByHalf(double smallestBand) {
    double before = blocks.beforeNewest();
    return before > 0 && blocks.newest() < before / 2 && before - blocks.newest() > smallestBand;
  }

  void clear(String reason) {
    blocks.clear();
    ebb.clear();
    full = 0;
    near = 0;
    quiet = 0;
    state = LeakState.NONE;
    growth = take(Evidence.none(reason));
  }

  /** The points, when there are enough to speak of a shape. */
  @Nullable Points watched(long fromMillis) {
    if (days) {
      return null;
    }
    Points points = blocks.points(fromMillis);
    return points.size() >= LEAST_WATCHED ? points : null;
  }

  LeakState state() {
    return state;
  }

  /** As of the last block; the same until there is another. */
  HorizonGrowth growth() {
    return growth;
  }

  private HorizonGrowth take(Evidence evidence) {
    weight = evidence.weight();
    tail = evidence.tail();
    confirmBlocks = evidence.confirmBlocks();
    return new HorizonGrowth(
        length,
        Math.round(evidence.spanSeconds() * 1000),
        evidence.perSecond(),
        evidence.pValue(),
        evidence.rising(),
        state,
        evidence.reason());
  }

  private Evidence evidence() {
    return new Evidence(
        weight,
        growth.perSecond(),
        growth.spanMillis() / 1000.0,
        growth.pValue(),
        tail,
        confirmBlocks,
        growth.reason());
  }

  void encode(DataOutput out) throws IOException {
    blocks.encode(out);
    out.writeInt(full);
    out.writeInt(near);
    out.writeInt(quiet);
    ebb.encode(out);
    out.writeByte(state.code());
    evidence().encode(out);
  }

  void restore(DataInput in) throws IOException {
    blocks.restore(in);
    full = in.readInt();
    near = in.readInt();
    quiet = in.readInt();
    ebb.restore(in);
    int code = in.readByte();
    state =
        LeakState.ofCode(code)
            .orElseThrow(() -> new IOException("damaged growth: leak state " + code));
    growth = take(Evidence.decode(in));
  }
}
