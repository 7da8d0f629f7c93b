package dev.tidemark.engine;

import java.util.List;

/**
 * What the engine says of one sample. NaN means "not known"; it is never an answer.
 *
 * @param expected the line the signal normally follows
 * @param upper where the high side's score is 1; already at least a smallest band above expected
 * @param lower where the low side's score is 1; not below 0 for a series that never was
 * @param score how far outside; above 1 is outside; NaN until there are enough samples
 * @param growthPerSecond the slope of the horizon that carries the leak state, else of the shortest
 *     horizon that has one
 * @param growth every configured horizon, shortest first
 * @param timeToLimitSeconds seconds until the limit at that growth, 0 when it is reached; NaN
 *     without a limit or without significant growth
 * @param historyMillis how much time the own baseline has learnt
 * @param frozen the baseline does not learn at the moment
 * @param ignored the sample was not finite, a duplicate or late, and changed nothing; then only
 *     time, value, leakState and reason are set
 * @param reason one sentence, plain numbers in the signal's unit
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
    String reason) {
  public Judgement {
    growth = List.copyOf(growth);
  }

  static Judgement ignored(Sample sample, LeakState state, String reason) {
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
        reason);
  }
}
