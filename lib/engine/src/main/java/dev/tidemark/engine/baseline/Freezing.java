package dev.tidemark.engine.baseline;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Whether the baseline learns.
 *
 * <p>It freezes when the score stayed above 1 for {@code freezeAfter}, or when a leak is suspected;
 * never before {@code minSamples} and never without a score. It thaws when no leak is suspected and
 * the score is below 0.8 (a mere suspicion: not above 1). At {@code freezeCap}, or after as much
 * time as the baseline has learnt if that is less, it thaws too and what was held becomes the new
 * normal: an hour of history must not rule a day. A leak state above NONE suspends the cap.
 *
 * <p>What was held is forgotten when it was outside or a confirmed leak, else learnt late. After a
 * leak that a restart ended forgetting is free, otherwise it is rationed: 5 % of the time that was
 * watched, 25 % where a restart is only guessed, {@code freezeCap} at most. What exceeds the ration
 * is learnt, because a series that leaves its band so often is like that, and a leak does not heal
 * by itself. Without the ration a daily peak a little above the band would be cut off each day, and
 * the band would shrink for ever.
 */
public final class Freezing {
  private static final long NOT = Long.MIN_VALUE;
  private static final double THAW_BELOW = 0.8;
  private static final int RATION = 20;

  /** Of a leak that seems to have ended by a restart which nobody tells. */
  private static final int FELL_RATION = 4;

  private static final int ENDED = 1;
  private static final int FELL = 2;

  /** What to do with a sample. */
  public enum Step {
    /** Learn it. */
    LEARN,
    /** Hold it and everything from {@link #heldFrom}. */
    HOLD,
    /** Forget everything from {@link #heldFrom}, then learn it. */
    FORGET
  }

  /**
   * What is known of a series when a sample arrives.
   *
   * @param score NaN when not known
   * @param risingMillis for how long it has been rising, when a leak is suspected
   * @param restarted whether a new process begins with the sample
   * @param fell whether that is only guessed, for it fell by half
   * @param learntMillis how much time the baseline has learnt
   */
  public record Condition(
      long timeMillis,
      double score,
      LeakState leak,
      long risingMillis,
      boolean restarted,
      boolean fell,
      long learntMillis) {}

  private final long freezeAfter;
  private final long freezeCap;
  private final int minSamples;
  private final boolean never;
  private long outsideSince = NOT;
  private long heldFrom = NOT;
  private long frozenAt = NOT;

  /** It was long outside or a confirmed leak while frozen: what was held is not normal. */
  private boolean abnormal;

  private boolean leaked;
  private boolean ended;

  /** It fell by half, and that may be how each of its days ends. */
  private boolean fell;

  private long ration;
  private long last = NOT;
  private long seen;

  public Freezing(JudgeConfig config) {
    freezeAfter = config.freezeAfter().toMillis();
    freezeCap = config.freezeCap().toMillis();
    minSamples = config.minSamples();
    never = freezeAfter >= JudgeConfig.NEVER.toMillis() || !config.uses(Part.FREEZING);
  }

  /** Decides about the next sample. */
  public Step next(Condition c) {
    if (last != NOT) {
      ration = Math.min(freezeCap * RATION, ration + (c.timeMillis() - last));
    }
    last = c.timeMillis();
    seen++;
    if (!(c.score() > 1)) {
      outsideSince = NOT;
    } else if (outsideSince == NOT) {
      outsideSince = c.timeMillis();
    }
    boolean longOutside = outsideSince != NOT && c.timeMillis() - outsideSince >= freezeAfter;
    return frozen() ? frozenStep(c, longOutside) : freeStep(c, longOutside);
  }

  private Step freeStep(Condition c, boolean longOutside) {
    boolean suspected = c.leak() != LeakState.NONE;
    boolean ready = !never && seen >= minSamples && !Double.isNaN(c.score());
    if (!ready || !(longOutside || suspected)) {
      return Step.LEARN;
    }
    frozenAt = c.timeMillis();
    heldFrom = longOutside ? outsideSince : frozenAt;
    if (suspected) {
      heldFrom = Math.min(heldFrom, frozenAt - c.risingMillis());
    }
    note(c, longOutside);
    return Step.HOLD;
  }

  private Step frozenStep(Condition c, boolean longOutside) {
    note(c, longOutside);
    if (c.leak() != LeakState.NONE) {
      return Step.HOLD;
    }
    if (abnormal ? c.score() < THAW_BELOW : !(c.score() > 1)) {
      boolean forget =
          abnormal && (ended || spend(c.timeMillis() - heldFrom, fell ? FELL_RATION : RATION));
      thaw();
      return forget ? Step.FORGET : Step.LEARN;
    }
    if (c.timeMillis() - frozenAt >= Math.min(freezeCap, c.learntMillis())) {
      thaw();
      return Step.LEARN;
    }
    return Step.HOLD;
  }

  private void note(Condition c, boolean longOutside) {
    leaked |= c.leak() == LeakState.CONFIRMED;
    ended |= leaked && c.restarted();
    fell |= leaked && c.fell();
    abnormal |= leaked || longOutside;
  }

  private boolean spend(long millis, int rate) {
    long price = millis * rate;
    if (price > ration) {
      return false;
    }
    ration -= price;
    return true;
  }

  private void thaw() {
    frozenAt = NOT;
    outsideSince = NOT;
    abnormal = false;
    leaked = false;
    ended = false;
    fell = false;
  }

  public boolean frozen() {
    return frozenAt != NOT;
  }

  /** From when on samples are held, or were until the step that forgot them. */
  public long heldFrom() {
    return heldFrom;
  }

  public void encode(DataOutput out) throws IOException {
    out.writeLong(outsideSince);
    out.writeLong(heldFrom);
    out.writeLong(frozenAt);
    out.writeBoolean(abnormal);
    out.writeBoolean(leaked);
    out.writeByte(
        ended ? ENDED : fell ? FELL : 0); // a release that knows no FELL takes it as ended
    out.writeLong(ration);
    out.writeLong(last);
    out.writeLong(seen);
  }

  /** Restores this, newly made of the same configuration, from what {@link #encode} wrote. */
  public void restore(DataInput in) throws IOException {
    outsideSince = in.readLong();
    heldFrom = in.readLong();
    frozenAt = in.readLong();
    abnormal = in.readBoolean();
    leaked = in.readBoolean();
    byte end = in.readByte();
    ended = end == ENDED;
    fell = end == FELL;
    ration = in.readLong();
    last = in.readLong();
    seen = in.readLong();
  }
}
