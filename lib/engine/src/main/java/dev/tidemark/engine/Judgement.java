package dev.tidemark.engine;

import dev.tidemark.engine.growth.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What the engine says of one sample. NaN means "not known"; it is never an answer.
 *
 * @param expected the line the signal normally follows
 * @param upper where the high side's score is 1; at least a smallest band above expected
 * @param lower where the low side's score is 1; not below 0 for a series that never was
 * @param score how far outside; above 1 is outside; NaN until there are enough samples
 * @param growthPerSecond the slope of the horizon that carries the leak state, else of the shortest
 *     horizon that rises, else of the shortest that has a slope
 * @param growth every configured horizon, shortest first, as of its last complete block
 * @param timeToLimitSeconds seconds until the limit at that growth, 0 when it is reached; NaN
 *     without a limit or without significant growth
 * @param historyMillis how much time the own baseline has learnt
 * @param frozen the baseline does not learn at the moment
 * @param ignored the sample was not finite, a duplicate or late, and changed nothing; then only
 *     time, value, leakState and verdict are set
 * @param verdict what the growth tests say in words, or why the sample was ignored
 * @param peerScore as score, against the other members of the workload in the slot before instead
 *     of the band; NaN when there are fewer than four
 */
public record Judgement(
    long timeMillis,
    double value,
    double expected,
    double upper,
    double lower,
    double score,
    LeakState leakState,
    double growthPerSecond,
    List<HorizonGrowth> growth,
    double timeToLimitSeconds,
    long historyMillis,
    boolean frozen,
    boolean ignored,
    String verdict,
    double peerScore) {
  private static final Layout LAYOUT = new Layout("judgement", 3, 0);

  public Judgement(
      long timeMillis,
      double value,
      double expected,
      double upper,
      double lower,
      double score,
      LeakState leakState,
      double growthPerSecond,
      List<HorizonGrowth> growth,
      double timeToLimitSeconds,
      long historyMillis,
      boolean frozen,
      boolean ignored,
      String verdict) {
    this(
        timeMillis,
        value,
        expected,
        upper,
        lower,
        score,
        leakState,
        growthPerSecond,
        growth,
        timeToLimitSeconds,
        historyMillis,
        frozen,
        ignored,
        verdict,
        Double.NaN);
  }

  public Judgement {
    growth = List.copyOf(growth);
  }

  /** Whether it grows over any horizon, a leak or not. */
  public boolean rises() {
    for (HorizonGrowth horizon : growth) { // asked of all series: a stream costs ten times as much
      if (horizon.rising()) {
        return true;
      }
    }
    return false;
  }

  static Judgement ignored(Sample sample, LeakState state, String verdict) {
    double none = Double.NaN;
    return new Judgement(
        sample.timeMillis(),
        sample.value(),
        none,
        none,
        none,
        none,
        state,
        none,
        List.of(),
        none,
        0,
        false,
        true,
        verdict);
  }

  /**
   * Writes what the judge does not know itself: the sample, its band, its score. A later release
   * may write more at the end.
   */
  public void encode(DataOutput out) throws IOException {
    LAYOUT.write(out);
    out.writeLong(timeMillis);
    out.writeDouble(value);
    out.writeDouble(expected);
    out.writeDouble(upper);
    out.writeDouble(lower);
    out.writeDouble(score);
    out.writeDouble(timeToLimitSeconds);
    out.writeLong(historyMillis);
    out.writeBoolean(frozen);
    out.writeDouble(peerScore);
  }

  /**
   * Reads what {@link #encode} wrote of the last judgement that was not ignored.
   *
   * @param judge as it was after that judgement; growth and its words come from there
   * @throws IOException when it is of a version that is not known
   */
  public static Judgement decode(DataInput in, Judge judge) throws IOException {
    int unused = LAYOUT.read(in);
    return judge.growing(
        new Judgement(
            in.readLong(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            LeakState.NONE,
            Double.NaN,
            List.of(),
            in.readDouble(),
            in.readLong(),
            in.readBoolean(),
            false,
            "",
            in.readDouble()));
  }

  /**
   * The judgement as a sentence; for example "rising 38/h for 5.2 h, p = 0.0003, reaches 10,000 in
   * 31 h" or "level 84.2 MiB, inside its band 80 MiB to 91.5 MiB". Built when asked for, since few
   * are read.
   *
   * @param measure of the series that was judged
   */
  public String reason(Measure measure) {
    if (ignored || leakState != LeakState.NONE) {
      return verdict;
    }
    return level(measure) + peers() + (frozen ? ", baseline frozen" : "") + "; " + verdict;
  }

  private String peers() {
    return peerScore > 1
        ? ", " + Numbers.brief(peerScore) + " times as far from its peers as they are apart"
        : "";
  }

  private String level(Measure measure) {
    String level = "level " + Numbers.amount(value, measure);
    if (Double.isNaN(expected)) {
      return level + ", too little history for a band";
    }
    String band =
        " its band " + Numbers.amount(lower, measure) + " to " + Numbers.amount(upper, measure);
    if (value > upper) {
      return level + ", above" + band;
    }
    return level + (value < lower ? ", below" : ", inside") + band;
  }
}
