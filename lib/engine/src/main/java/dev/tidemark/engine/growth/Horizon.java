package dev.tidemark.engine.growth;

import dev.tidemark.engine.GrowthConfig;
import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.growth.Evidence.Weight;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/**
 * One horizon: its blocks, and a verdict that neither jumps at one block nor sticks.
 *
 * <p>Suspected as soon as all gates agree once, or all but one for {@code confirmBlocks} blocks in
 * a row; confirmed when all agree for {@code confirmBlocks} in a row. A verdict holds while the
 * series goes on rising, and is taken back after {@code releaseBlocks} blocks in a row without a
 * rise, a suspicion after half as many.
 */
final class Horizon {
  private final Duration length;
  private final GrowthConfig.Gates gates;
  private final Gauntlet gauntlet;
  private final Blocks blocks;
  private int full;
  private int near;
  private int quiet;
  private LeakState state = LeakState.NONE;
  private Evidence evidence = Evidence.none("has no blocks yet");

  Horizon(Duration length, JudgeConfig config, Reduce reduce) {
    this.length = length;
    gates = config.growth().gates();
    gauntlet = new Gauntlet(config, reduce);
    blocks = new Blocks(length.toMillis(), reduce);
  }

  /**
   * Adds a sample and, when that completes a block, looks at the growth anew.
   *
   * @return whether it did
   */
  boolean add(long timeMillis, double value, Surroundings around) {
    if (!blocks.add(timeMillis, value)) {
      return false;
    }
    evidence = gauntlet.weigh(blocks.points(), length.toMillis(), blocks.newestMillis(), around);
    decide();
    return true;
  }

  private void decide() {
    full = evidence.weight() == Weight.FULL ? full + 1 : 0;
    near = evidence.weight().compareTo(Weight.NEAR) >= 0 ? near + 1 : 0;
    boolean rises = evidence.rising() && evidence.tail();
    quiet = rises ? 0 : quiet + 1;
    if (full >= gates.confirmBlocks()) {
      state = LeakState.CONFIRMED;
    } else if (state == LeakState.NONE && (full > 0 || near >= gates.confirmBlocks())) {
      state = LeakState.SUSPECTED;
    } else if (quiet >= (state == LeakState.CONFIRMED ? gates.releaseBlocks() : suspicion())) {
      state = LeakState.NONE;
    }
  }

  private int suspicion() {
    return (gates.releaseBlocks() + 1) / 2;
  }

  /** Whether the newest block fell to less than half of the one before, by more than a band. */
  boolean fellByHalf(double smallestBand) {
    double before = blocks.beforeNewest();
    return before > 0 && blocks.newest() < before / 2 && before - blocks.newest() > smallestBand;
  }

  void clear(String reason) {
    blocks.clear();
    full = 0;
    near = 0;
    quiet = 0;
    state = LeakState.NONE;
    evidence = Evidence.none(reason);
  }

  LeakState state() {
    return state;
  }

  Evidence evidence() {
    return evidence;
  }

  HorizonGrowth growth() {
    return new HorizonGrowth(
        length,
        Math.round(evidence.spanSeconds() * 1000),
        evidence.perSecond(),
        evidence.pValue(),
        evidence.rising(),
        state,
        evidence.reason());
  }

  void encode(DataOutput out) throws IOException {
    blocks.encode(out);
    out.writeInt(full);
    out.writeInt(near);
    out.writeInt(quiet);
    out.writeByte(state.code());
    evidence.encode(out);
  }

  void restore(DataInput in) throws IOException {
    blocks.restore(in);
    full = in.readInt();
    near = in.readInt();
    quiet = in.readInt();
    int code = in.readByte();
    state =
        Arrays.stream(LeakState.values())
            .filter(s -> s.code() == code)
            .findFirst()
            .orElseThrow(() -> new IOException("damaged growth: leak state " + code));
    evidence = Evidence.decode(in);
  }
}
